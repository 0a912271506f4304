import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import {
  ConfigurationError,
  createPayProxy,
  type HttpClient,
  type PayProxyOptions,
  sqlite,
  vexora,
} from '../../src/proxy/index.js'
import { undiciClient } from '../../src/proxy/net/undici-client.js'
import { lastOrder, NO_IP_LIMITS, start } from '../proxy/harness.js'
import { closeAfterTest } from '../proxy/lifecycle.js'
import { order, SHOP } from '../proxy/requests.js'

/** Somebody else's server: whoever comes by was led there. */
async function trap() {
  const visits: string[] = []
  const server = createServer((request, response) => {
    visits.push(request.url ?? '')
    response.end('{"code":"0000"}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closeAfterTest(() => new Promise((resolve) => server.close(() => resolve())))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, visits }
}

/** The real client, and where it was sent. */
function watched(): { http: HttpClient; urls: string[] } {
  const real = undiciClient()
  const urls: string[] = []
  const send: HttpClient['send'] = (request, timeout) => {
    urls.push(request.url)
    return real.send(request, timeout)
  }
  return { http: { send, close: () => real.close() }, urls }
}

test('nothing that a payer, a provider or a notification names is ever fetched', async () => {
  const { url: evil, visits } = await trap()
  const { http, urls } = watched()
  const harness = await start({ ...NO_IP_LIMITS, http })
  const { sandbox, orders, pay, notify, ask, travel } = harness

  const faults = [
    { kind: 'link', url: `${evil}/link` },
    { kind: 'redirect', location: `${evil}/redirect` },
    { kind: 'text', edit: (text: string) => text.replace('{', `{"url":"${evil}/text",`) },
  ] as const
  for (const [at, fault] of faults.entries()) {
    const id = `B-${at}`
    orders.set(id, order(id))
    sandbox.fault({ endpoint: 'checkout', ...fault })
    await pay({ order: id })
    sandbox.fault({ endpoint: 'query', ...fault })
    await travel(3_600_000)
  }
  await pay({ returnTo: `${evil}/return` })
  await pay({ order: `${evil}/order` })
  await pay()
  const { tradeNo } = lastOrder(sandbox)
  await notify({ tradeNo, status: '0015', amount: '300', message: `${evil}/message` })
  await notify(JSON.stringify({ tradeNo, notifyUrl: `${evil}/notify`, sign: 'x' }))
  await ask(`/orders/${encodeURIComponent(`${evil}/ref`)}`)
  await ask('/orders/A-1', { headers: { host: new URL(evil).host, referer: `${evil}/referer` } })
  await travel(3_600_000)

  expect(visits).toEqual([])
  expect(urls.length).toBeGreaterThan(5)
  for (const url of urls) expect(url.startsWith(`${sandbox.vexoraTaiwan.baseUrl}/`)).toBe(true)
})

test('a webhook that redirects is not followed, and hears of the payment again', async () => {
  const { url: evil, visits } = await trap()
  let heard = 0
  const server = createServer((_, response) => {
    heard += 1
    response.writeHead([301, 302, 303, 307, 308][heard % 5] ?? 302, { location: `${evil}/hook` })
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closeAfterTest(() => new Promise((resolve) => server.close(() => resolve())))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  const secret = `whsec_${Buffer.from('a-webhook-secret-of-32-bytes-0123').toString('base64')}`
  const { made, sandbox, travel } = await start({ webhook: { url, secret } })
  await made()
  await sandbox.settle(lastOrder(sandbox).tradeNo, 'approve')
  await expect.poll(() => heard).toBe(1)
  for (let tries = 2; tries <= 5; tries += 1) {
    await travel(3_600_000)
    await expect.poll(() => heard).toBe(tries)
  }
  expect(visits).toEqual([])
})

const live: PayProxyOptions = {
  mode: 'live',
  publicUrl: 'https://pay.shop.example',
  origins: [SHOP],
  secret: 'a-secret-of-32-bytes-or-more-0123456789',
  orders: () => null,
  providers: [],
  store: sqlite(':memory:'),
}
const providerAt = (baseUrl: string): Partial<PayProxyOptions> => ({
  providers: [vexora.taiwan({ baseUrl, merchantNo: '1', appSecret: 'x' })],
})
const hookAt = (url: string): Partial<PayProxyOptions> => ({
  webhook: { url, secret: 'whsec_MDEyMzQ1Njc4OTAxMjM0NQ==' },
})

test.each([
  'http://api.example',
  'http://127.0.0.1',
  'https://127.0.0.1',
  'https://127.1',
  'https://2130706433',
  'https://0x7f.1',
  'https://[::1]',
  'https://[::ffff:127.0.0.1]',
  'https://localhost',
  'https://LOCALHOST',
  'https://user:password@api.example',
  'file:///etc/passwd',
  'ftp://api.example',
  'javascript:alert(1)',
  'https://api.example/?key=1',
  'https://api.example/#x',
  'api.example',
  '',
])('live mode sends nothing to %j', (url) => {
  for (const options of [providerAt(url), hookAt(url), { publicUrl: url }]) {
    expect(() => createPayProxy({ ...live, ...options })).toThrow(ConfigurationError)
  }
})
