import { expect, test } from 'vitest'
import { toResponse } from '../http/answer.js'
import { openResources } from '../http/resource.js'
import { Routes } from '../http/routes.js'
import { WebRequest } from '../http/web-request.js'
import { assets } from '../scripts/assets.generated.js'
import { scriptRoutes } from './scripts.js'

const silent = { info() {}, warn() {}, error() {} }

test.each([
  ['a request of the platform', {}, 'br'],
  ["a request of Next.js's, which would lose the header", { nextUrl: {} }, null],
])('%s', async (_, more, coding) => {
  const routes = new Routes()
  scriptRoutes(openResources({ routes, base: '', log: silent }), assets)
  const request = new Request('https://pay.shop.example/pay-button.js', {
    headers: { 'accept-encoding': 'gzip, br' },
  })
  const asked = new WebRequest(Object.assign(request, more), undefined)
  const answer = await routes.answer(asked, asked.path)
  if (!answer) throw new Error('no such path')
  const { headers, body } = toResponse(answer, asked.method)
  const size = (await new Response(body).arrayBuffer()).byteLength
  expect([headers.get('content-encoding'), Number(headers.get('content-length'))]).toEqual([
    coding,
    size,
  ])
  expect(size > 20_000).toBe(coding === null)
})
