import { readFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { PROBLEMS } from '../../src/contract/problem.js'
import { describe } from '../../src/proxy/openapi/describe.js'
import { start } from './harness.js'
import { expectDescribed } from './openapi.js'

const json = (body: unknown, status = 200, type = 'application/json') =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': type } })

test('what is served is valid OpenAPI 3.1 of this very contract, at its own address', async () => {
  const { ask, url } = await start()
  const served = (await (await ask('/openapi.json')).json()) as Record<string, unknown>
  expect(served).toEqual({ ...describe(), servers: [{ url }] })
  const validator = new Validator()
  expect(await validator.validate(served)).toEqual({ valid: true })
  expect(validator.version).toBe('3.1')
})

test('every problem of the contract stands at some route', () => {
  const text = JSON.stringify(describe().paths)
  for (const code of Object.keys(PROBLEMS)) {
    // What is not described is not allowed.
    expect([code, text.includes(`"${code}"`)]).toEqual([code, code !== 'method-not-allowed'])
  }
})

test('the page has every route', () => {
  const page = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8')
  for (const [path, methods] of Object.entries(describe().paths as Record<string, object>)) {
    for (const method of Object.keys(methods)) {
      expect(page).toContain(`### \`${method.toUpperCase()} ${path}\``)
    }
  }
})

// Every answer that these suites get is held against the description by the harness; so that this
// is worth something:
test.each<[string, string, string, Response]>([
  ['a status', 'GET', '/payments/pay_1', json({}, 418)],
  ['a method', 'PUT', '/payments', json({}, 200)],
  ['a member', 'GET', '/healthz', json({ status: 'sleepy' })],
  ['a type', 'GET', '/orders/A-1?x=1', new Response('hello')],
  [
    'a problem',
    'GET',
    '/orders/A-1',
    json(
      {
        type: 'about:blank',
        title: 'x',
        status: 404,
        detail: 'x',
        code: 'payment-not-found',
      },
      404,
      'application/problem+json',
    ),
  ],
])('%s that is not described is found', async (_, method, path, response) => {
  await expect(expectDescribed(method, path, response)).rejects.toThrow(/described|must be/)
})

test('a member that is not described is found, wherever it is', async () => {
  const { ask } = await start()
  const offer = (await (await ask('/orders/A-1')).json()) as { channels: object[] }
  await expectDescribed('GET', '/orders/A-1', json(offer))
  const more = { ...offer, channels: offer.channels.map((each) => ({ ...each, secret: 'x' })) }
  const checked = expectDescribed('GET', '/orders/A-1', json(more))
  await expect(checked).rejects.toThrow('must NOT have additional properties')
})
