import { expect, test } from 'vitest'
import { API_KEY, start } from './harness.js'
import { create, SHOP } from './requests.js'

const OTHER_SHOP = 'https://other.example'

const cors = (response: Response) =>
  [...response.headers.keys()].filter((name) => name.startsWith('access-control-'))
const list = (response: Response, name: string) =>
  (response.headers.get(name) ?? '').toLowerCase().split(/, */)

test.each(['/orders/A-1', '/payments', '/payments/pay_1'])(
  'a preflight of %s is answered for ten minutes',
  async (path) => {
    const { ask } = await start()
    const response = await ask(path, {
      method: 'OPTIONS',
      headers: {
        origin: SHOP,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,idempotency-key',
      },
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe(SHOP)
    expect(list(response, 'access-control-allow-headers').sort()).toEqual([
      'content-type',
      'idempotency-key',
    ])
    expect(list(response, 'access-control-allow-methods')).toEqual(
      expect.arrayContaining([path === '/payments' ? 'post' : 'get']),
    )
    expect(response.headers.get('access-control-max-age')).toBe('600')
    expect(response.headers.get('access-control-allow-credentials')).toBeNull()
    expect(list(response, 'vary')).toContain('origin')
  },
)

test('a preflight of a foreign origin is refused and names nobody', async () => {
  const { ask } = await start()
  const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
  const response = await ask('/payments', { method: 'OPTIONS', headers })
  expect(response.status).toBe(403)
  expect(cors(response)).toEqual([])
  expect(list(response, 'vary')).toContain('origin')
})

test('each shop reads its own answers, and their hint when to try again', async () => {
  const { ask, pay } = await start({ origins: [SHOP, OTHER_SHOP] })
  for (const origin of [SHOP, OTHER_SHOP]) {
    const answers = [await ask('/orders/A-1', { headers: { origin } }), await pay({}, { origin })]
    for (const response of answers) {
      expect(response.ok).toBe(true)
      expect(response.headers.get('access-control-allow-origin')).toBe(origin)
      expect(list(response, 'access-control-expose-headers')).toEqual(['retry-after'])
      expect(response.headers.get('access-control-allow-credentials')).toBeNull()
      expect(list(response, 'vary')).toContain('origin')
      expect(response.headers.get('cache-control')).toBe('no-store')
    }
  }
})

test('a problem is read by the shop too', async () => {
  const { ask } = await start()
  for (const answer of [
    await ask('/orders/A-404', { headers: { origin: SHOP } }),
    await ask('/payments/pay_1', { headers: { origin: SHOP } }),
    await ask('/payments', create('{')),
  ]) {
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.headers.get('access-control-allow-origin')).toBe(SHOP)
  }
})

test('an answer without origin varies with it too, so that no cache mixes them up', async () => {
  const { ask } = await start()
  const response = await ask('/orders/A-1')
  expect(cors(response)).toEqual([])
  expect(list(response, 'vary')).toContain('origin')
})

test('a foreign origin reads nothing, not even why', async () => {
  const { ask } = await start()
  const response = await ask('/orders/A-1', { headers: { origin: 'https://evil.example' } })
  expect(response.status).toBe(403)
  expect(cors(response)).toEqual([])
})

test('what is for the shop’s server is for no page', async () => {
  const { ask } = await start()
  const headers = { origin: SHOP, authorization: `Bearer ${API_KEY}` }
  expect(cors(await ask('/payments?order=A-1', { headers }))).toEqual([])
  const preflight = await ask('/payments?order=A-1', {
    method: 'OPTIONS',
    headers: {
      origin: SHOP,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization',
    },
  })
  expect(list(preflight, 'access-control-allow-headers')).not.toContain('authorization')
})

test.each(['https://evil.example', 'null'])(
  'return page, notifications, health and openapi ask for no origin: %s',
  async (origin) => {
    const { ask, made } = await start()
    const { id } = await made()
    const headers = { origin, 'sec-fetch-site': 'cross-site' }
    expect((await ask(`/payments/${id}/return`, { method: 'POST', headers })).status).toBe(200)
    expect((await ask(`/payments/${id}/return`, { headers })).status).toBe(200)
    expect((await ask('/healthz', { headers })).status).toBe(200)
    expect((await ask('/openapi.json', { headers })).status).toBe(200)
    const notified = { method: 'POST', headers, body: 'not JSON' }
    expect((await ask('/notifications/vexora-taiwan', notified)).status).toBe(400)
  },
)
