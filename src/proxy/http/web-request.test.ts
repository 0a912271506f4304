import { expect, test } from 'vitest'
import { BodyTakenError, BodyTooLargeError } from './body.js'
import { WebRequest } from './web-request.js'

const MOST = 8

function posted(body: string, headers: Record<string, string> = {}): Request {
  return new Request('https://pay.shop.example/payments', { method: 'POST', headers, body })
}

const text = (request: Request) => new WebRequest(request, undefined).text(MOST)

test.each([
  ['with a length', (body: string) => ({ 'content-length': String(Buffer.byteLength(body)) })],
  ['in chunks', () => ({})],
])('a body %s is read up to its limit, without a mark of its byte order', async (_, headers) => {
  expect(await text(posted('12345678', headers('12345678')))).toBe('12345678')
  expect(await text(posted('\ufeff{}', headers('\ufeff{}')))).toBe('{}')
  await expect(text(posted('123456789', headers('123456789')))).rejects.toThrow(BodyTooLargeError)
})

test('a body that was read before is told as such', async () => {
  const request = posted('{}')
  await request.text()
  await expect(text(request)).rejects.toThrow(BodyTakenError)
})
