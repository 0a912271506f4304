import { expect, test } from 'vitest'
import { type Sandbox, startSandbox } from '../../demo/sandbox/index.js'
import type { Payment } from '../../src/contract/payment.js'
import type { HttpClient } from '../../src/proxy/index.js'
import { undiciClient } from '../../src/proxy/net/undici-client.js'
import { freePort } from '../free-port.js'
import { lastOrder, NO_IP_LIMITS, start } from './harness.js'
import { closeAfterTest } from './lifecycle.js'
import { order } from './requests.js'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

type Fault = Parameters<Sandbox['fault']>[0] & { endpoint: 'checkout' }

const text = (edit: (answer: string) => string): Fault => ({
  endpoint: 'checkout',
  kind: 'text',
  edit,
})
/** Changes members of the answer's `data`. */
const data = (change: (data: Record<string, string>) => object): Fault =>
  text((answer) => {
    const parsed = JSON.parse(answer)
    return JSON.stringify({ ...parsed, data: change(parsed.data) })
  })
const link = (url: string): Fault => ({ endpoint: 'checkout', kind: 'link', url })

interface Expected {
  http: number
  status: string
  reason?: string
  next: null | object
}

const UNKNOWN = { http: 202, status: 'processing', next: null }
const REFUSED = { http: 201, status: 'failed', reason: 'refused', next: null }
const UNREACHABLE = { status: 'failed', reason: 'unreachable', next: null }
const CASHIER_REFUSED = { http: 201, status: 'failed', reason: 'cashier-refused', next: null }
const READY = {
  http: 201,
  status: 'requires_action',
  next: { type: 'redirect', url: expect.stringMatching(/^https?:/) },
}

test.each<[string, Fault, Expected]>([
  ['a page of HTML', { endpoint: 'checkout', kind: 'html' }, UNKNOWN],
  ['a page of HTML with 502', { endpoint: 'checkout', kind: 'html', status: 502 }, UNKNOWN],
  ['nothing', { endpoint: 'checkout', kind: 'empty' }, UNKNOWN],
  ['the right words with 500', { endpoint: 'checkout', kind: 'http-status', status: 500 }, UNKNOWN],
  ['the right words with 404', { endpoint: 'checkout', kind: 'http-status', status: 404 }, UNKNOWN],
  ['null', text(() => 'null'), UNKNOWN],
  ['a list', text((answer) => `[${answer}]`), UNKNOWN],
  ['a cut answer', text((answer) => answer.slice(0, -20)), UNKNOWN],
  ['no code', text((answer) => answer.replace('"code":"0000",', '')), UNKNOWN],
  ['no link', data(({ paymentUrl: _, ...rest }) => rest), UNKNOWN],
  ['an empty link', link(''), UNKNOWN],
  ['no data', text((answer) => JSON.stringify({ ...JSON.parse(answer), data: null })), UNKNOWN],
  ['a redirect', { endpoint: 'checkout', kind: 'redirect', location: '/elsewhere' }, UNKNOWN],
  ['a reset', { endpoint: 'checkout', kind: 'reset' }, UNKNOWN],
  ['megabytes', { endpoint: 'checkout', kind: 'huge', bytes: 4_000_000 }, UNKNOWN],
  [
    'the system error 5000',
    { endpoint: 'checkout', kind: 'code', code: '5000', taken: true },
    UNKNOWN,
  ],
  [
    'the system error 8000',
    { endpoint: 'checkout', kind: 'code', code: '8000', taken: true },
    UNKNOWN,
  ],
  [
    'the code of a payment under way',
    { endpoint: 'checkout', kind: 'code', code: '0015', taken: true },
    UNKNOWN,
  ],
  [
    'the code of a part',
    { endpoint: 'checkout', kind: 'code', code: '0001', taken: true },
    UNKNOWN,
  ],
  ['a refusal that has a number', text((answer) => answer.replace('"0000"', '"9999"')), UNKNOWN],
  ['a refusal', { endpoint: 'checkout', kind: 'code', code: '9999', taken: true }, REFUSED],
  ['an order that failed', { endpoint: 'checkout', kind: 'status', status: '00029' }, REFUSED],
  [
    'an order that is paid already',
    { endpoint: 'checkout', kind: 'status', status: '0000' },
    READY,
  ],
  ['another order’s number', data((it) => ({ ...it, tradeNo: 'another00001' })), UNKNOWN],
  ['a link to a script', link('javascript:alert(1)'), CASHIER_REFUSED],
  ['a link that is data', link('data:text/html,hello'), CASHIER_REFUSED],
  ['a link without TLS', link('http://cashier.example/1'), CASHIER_REFUSED],
  ['a link without TLS to a look-alike', link('http://127.0.0.1.example/1'), CASHIER_REFUSED],
  ['a link that is none', link('cashier'), CASHIER_REFUSED],
  ['a link with TLS', link('https://cashier.example/1'), READY],
  ['paymentLink', { endpoint: 'checkout', kind: 'payment-link' }, READY],
  ['booleans and times as texts', { endpoint: 'checkout', kind: 'strings' }, READY],
])('%s', async (_, fault, { http, ...expected }) => {
  const { pay, read, sandbox, until, events } = await start()
  sandbox.fault(fault)
  const response = await pay()
  const payment = (await response.json()) as Payment
  expect([response.status, payment]).toEqual([http, expect.objectContaining(expected)])
  expect(sandbox.calls('checkout')).toBe(1)

  // Whatever the answer was, money that came is money that came.
  await sandbox.settle(lastOrder(sandbox).tradeNo, 'approve')
  const paid = await until(payment.id, ({ status }) => status === 'succeeded')
  expect(paid).not.toHaveProperty('reason')
  await expect.poll(() => events.at(-1)?.type).toBe('payment.succeeded')
  const isLate = expected.status === 'failed' ? true : undefined
  expect(events.at(-1)?.data.late).toBe(isLate)
  expect(await read(payment.id)).toMatchObject({ status: 'succeeded', next: null })
})

test('a cashier on a host that is not among those configured is refused', async () => {
  const { made, sandbox } = await start({
    ...NO_IP_LIMITS,
    taiwan: { ipLimits: 'off', cashierHosts: ['cashier.example', 'pay.cashier.example:8443'] },
  })
  const answerTo = async (url: string) => {
    sandbox.fault(link(url))
    return made()
  }
  expect(await answerTo('https://cashier.example/1?a=b')).toMatchObject({
    status: 'requires_action',
    next: { url: 'https://cashier.example/1?a=b' },
  })
  for (const url of [
    'https://evil.example/',
    'https://a.cashier.example/',
    'https://cashier.example.evil.example/',
    'https://cashier.example@evil.example/',
    'https://evil.example/?cashier.example',
  ]) {
    expect(await answerTo(url)).toMatchObject({ status: 'failed', reason: 'cashier-refused' })
  }
})

test('a redirect is not followed', async () => {
  const { made, sandbox } = await start()
  const elsewhere = await startSandbox({ port: 0 })
  closeAfterTest(() => elsewhere.close())
  const location = `${elsewhere.vexoraTaiwan.baseUrl}/v1/vexora/checkout`
  sandbox.fault({ endpoint: 'checkout', kind: 'redirect', location })
  expect(await made()).toMatchObject({ status: 'processing' })
  expect([sandbox.calls('checkout'), elsewhere.calls('checkout')]).toEqual([1, 0])
})

test('a provider that nobody reaches is told at once, and not asked for what it never had', async () => {
  const baseUrl = `http://127.0.0.1:${await freePort()}`
  const { http, sent } = heard()
  const { pay, orders, travel, watch } = await start({ taiwan: { baseUrl }, http })
  const ids: string[] = []
  // More than one address may try in a day: none of these counts.
  for (let at = 1; at <= 12; at += 1) {
    orders.set(`B-${at}`, order(`B-${at}`))
    const response = await pay({ order: `B-${at}` })
    const payment = (await response.json()) as Payment
    expect([response.status, payment]).toEqual([201, expect.objectContaining(UNREACHABLE)])
    expect(sent).toHaveLength(at)
    ids.push(payment.id)
  }
  await travel(2 * HOUR)
  for (const id of ids) expect(await watch(id)).toMatchObject(UNREACHABLE)
  expect(sent).toHaveLength(12)
})

test('a payment that was refused is asked about after one and ten minutes, and then further', async () => {
  const { made, sandbox, clock, travel } = await start()
  clock.freeze()
  sandbox.fault({ endpoint: 'checkout', kind: 'code', code: '9999', taken: true })
  await made()
  const gaps = [MINUTE - 1, 1, 9 * MINUTE - 1, 1, HOUR]
  const counts: number[] = []
  for (const gap of gaps) {
    await travel(gap)
    counts.push(sandbox.calls('query'))
  }
  expect(counts.slice(0, 4)).toEqual([0, 1, 1, 2])
  expect(counts[4]).toBeGreaterThan(2)
})

test('an answer after the time limit is an outcome that nobody knows', async () => {
  // The call arrives and is obeyed; its answer comes after nobody waits any more.
  const { http, sent } = heard(() => {
    throw new DOMException('The operation was aborted due to timeout', 'TimeoutError')
  })
  const { pay, sandbox, until } = await start({ http })
  const response = await pay()
  const payment = (await response.json()) as Payment
  expect([response.status, payment.status, payment.next]).toEqual([202, 'processing', null])
  expect(sent).toEqual([{ path: '/vexora/taiwan/v1/vexora/checkout', timeout: 20_000 }])
  expect(sandbox.calls('checkout')).toBe(1)
  await sandbox.settle(lastOrder(sandbox).tradeNo, 'approve')
  await until(payment.id, ({ status }) => status === 'succeeded')
})

test('what Vexora is sent: each field as documented, by a number of our own', async () => {
  const { made, sandbox, url } = await start()
  const { id } = await made()
  const { fields } = lastOrder(sandbox)
  expect(fields).toEqual({
    sign: expect.stringMatching(/^[0-9a-f]{32}$/),
    timestamp: expect.stringMatching(/^\d{13}$/),
    tradeNo: expect.stringMatching(/^\d{14}[0-9A-Za-z]{1,18}$/),
    amount: '300',
    channelCode: 'NET_BANKING',
    wayCode: 'BANK_TRANSFER',
    firstname: '小明',
    lastname: '王',
    mobile: '0912345678',
    email: 'payer@example.com',
    bankNumber: '808-0358988888888,013-0458988888888',
    ipAddress: '127.0.0.1',
    notifyUrl: `${url}/notifications/vexora-taiwan`,
    returnUrl: `${url}/payments/${id}/return`,
    remark: 'A-1',
  })
  const utc = new Date(Number(fields.timestamp)).toISOString().replace(/\D/g, '')
  expect(Math.abs(Number(fields.tradeNo?.slice(0, 14)) - Number(utc.slice(0, 14)))).toBeLessThan(
    100,
  )
})

/** A client on real sockets that remembers its calls; `spoil` may throw after an answer came. */
function heard(spoil: () => void = () => {}) {
  const real = undiciClient()
  const sent: { path: string; timeout: number }[] = []
  const http: HttpClient = {
    send: async (request, timeout) => {
      sent.push({ path: new URL(request.url).pathname, timeout })
      const answer = await real.send(request, timeout)
      spoil()
      return answer
    },
    close: () => real.close(),
  }
  return { http, sent }
}
