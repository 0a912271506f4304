import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Sandbox, type SandboxOptions, startSandbox } from '../index.js'
import { checkout, startMerchant, type TestMerchant, until } from '../test-merchant.js'

let sandbox: Sandbox
let merchant: TestMerchant
beforeEach(() => {
  merchant = { heard: [], notifyUrl: '', returnUrl: '', close: async () => {} }
})
afterEach(async () => {
  await sandbox.close()
  await merchant.close()
})

async function order(
  replies: Parameters<typeof startMerchant>,
  options: SandboxOptions = {},
): Promise<string> {
  merchant = await startMerchant(...replies)
  sandbox = await startSandbox({ port: 0, retrySchedule: [], ...options })
  const { data } = await checkout(sandbox, { notifyUrl: merchant.notifyUrl })
  return data?.tradeNo ?? ''
}

const approve = (tradeNo: string, options?: { notify: boolean }) =>
  sandbox.settle(tradeNo, 'approve', options)
const sent = () => sandbox.orders()[0]?.notifications ?? []
const heard = (index = 0) => merchant.heard[index]?.body ?? ''
const fields = (index = 0) => JSON.parse(heard(index)) as Record<string, string>

/** Signs what stands in the body by its own text, number or string. */
function digest(body: string): string {
  const pairs = [...body.matchAll(/"(\w+)":"?([^",}]*)"?/g)].map(([, key, value]) => [key, value])
  const text = pairs
    .filter(([key]) => key !== 'sign')
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join('')
  return createHash('md5').update(`${text}${sandbox.vexoraTaiwan.appSecret}`).digest('hex')
}

describe('the message', () => {
  test.each([
    ['approve', { status: '0000', amount: '300', message: 'Success' }],
    ['refuse', { status: '00029', amount: '300', message: 'Fail' }],
    [{ part: '120' }, { status: '0001', amount: '120', message: 'Partial payment' }],
  ] as const)('of %j is signed, and all strings', async (outcome, told) => {
    const tradeNo = await order([{ body: 'OK' }])
    await sandbox.settle(tradeNo, outcome)
    expect(fields()).toEqual({
      ...told,
      tradeNo,
      platFormTradeNo: sandbox.orders()[0]?.providerReference,
      timestamp: expect.stringMatching(/^\d{13}$/),
      sign: digest(heard()),
    })
  })

  test('of an open order says that it is being paid', async () => {
    const tradeNo = await order([{ body: 'OK' }])
    await sandbox.notify(tradeNo)
    expect(fields()).toMatchObject({ tradeNo, status: '0015', amount: '300' })
  })

  test('is not sent without notify', async () => {
    await approve(await order([{ body: 'OK' }]), { notify: false })
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(merchant.heard).toEqual([])
  })
})

describe('the retries', () => {
  test('stop at the first OK', async () => {
    const tradeNo = await order([{ status: 503, body: 'busy' }, { body: 'OK' }], {
      retrySchedule: [10, 10, 10],
    })
    await approve(tradeNo)
    await until(() => sent().length === 2)
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(sent().map(({ reply, acknowledged }) => [reply, acknowledged])).toEqual([
      [{ status: 503, body: 'busy' }, false],
      [{ status: 200, body: 'OK' }, true],
    ])
  })

  test('keep the gaps of the schedule, then end', async () => {
    const tradeNo = await order([{ body: 'no' }], { retrySchedule: [20, 80, 160] })
    await approve(tradeNo)
    await until(() => sent().length === 4)
    await new Promise((resolve) => setTimeout(resolve, 200))
    const times = merchant.heard.map(({ at }) => at)
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0))
    expect(gaps).toHaveLength(3)
    ;[20, 80, 160].forEach((gap, index) => {
      // Timers and clocks round to whole milliseconds.
      expect(gaps[index]).toBeGreaterThanOrEqual(gap - 2)
    })
  })

  test.each([
    ['ok', 200],
    ['OK\n', 200],
    ['"OK"', 200],
    ['success', 200],
    ['', 200],
    ['OK', 201],
    ['OK', 302],
    ['OK', 500],
  ])('do not take %j with %i for an acknowledgement', async (body, status) => {
    await approve(await order([{ body, status }]))
    expect(sent()).toMatchObject([{ reply: { status, body }, acknowledged: false }])
  })

  test('follow a reply that takes too long', async () => {
    await approve(await order([{ body: 'OK', ms: 500 }], { replyTimeout: 30 }))
    expect(sent()).toMatchObject([{ reply: { error: 'TimeoutError' }, acknowledged: false }])
  })

  test('follow a merchant that nobody answers for', async () => {
    const tradeNo = await order([{ body: 'OK' }])
    await merchant.close()
    merchant.close = async () => {}
    await approve(tradeNo)
    expect(sent()).toMatchObject([{ reply: { error: 'ECONNREFUSED' } }])
  })

  test('tell what was true when they began', async () => {
    const tradeNo = await order([{ body: 'no' }], { retrySchedule: [40] })
    await sandbox.settle(tradeNo, 'refuse')
    await approve(tradeNo)
    await until(() => sent().length === 4)
    expect(merchant.heard.map((_, index) => fields(index).status).sort()).toEqual([
      '0000',
      '0000',
      '00029',
      '00029',
    ])
  })

  test('end when the sandbox closes', async () => {
    const tradeNo = await order([{ body: 'no' }], { retrySchedule: [50] })
    await approve(tradeNo)
    await sandbox.close()
    await new Promise((resolve) => setTimeout(resolve, 120))
    expect(merchant.heard).toHaveLength(1)
    sandbox = await startSandbox({ port: 0 })
  })
})

describe('a fault', () => {
  test('drops one, and the retry arrives', async () => {
    const tradeNo = await order([{ body: 'OK' }], { retrySchedule: [10] })
    sandbox.fault({ endpoint: 'notification', kind: 'drop' })
    await approve(tradeNo)
    expect(sent()).toMatchObject([{ reply: { error: 'dropped' }, acknowledged: false }])
    await until(() => merchant.heard.length === 1)
  })

  test('sends one twice', async () => {
    const tradeNo = await order([{ body: 'OK' }])
    sandbox.fault({ endpoint: 'notification', kind: 'duplicate' })
    await approve(tradeNo)
    expect(heard(0)).toBe(heard(1))
    expect(sent()).toHaveLength(2)
  })

  test('holds one back', async () => {
    const tradeNo = await order([{ body: 'OK' }])
    sandbox.fault({ endpoint: 'notification', kind: 'delay', ms: 60 })
    const start = Date.now()
    await approve(tradeNo)
    expect(Date.now() - start).toBeGreaterThanOrEqual(58)
    expect(merchant.heard).toHaveLength(1)
  })

  test('signs one wrongly', async () => {
    const tradeNo = await order([{ body: 'OK' }])
    sandbox.fault({ endpoint: 'notification', kind: 'bad-signature' })
    await approve(tradeNo)
    expect(fields().sign).toMatch(/^[0-9a-f]{32}$/)
    expect(fields().sign).not.toBe(digest(heard()))
  })

  test('puts other fields under a right signature, and leaves empty ones out', async () => {
    const tradeNo = await order([{ body: 'OK' }])
    sandbox.fault({
      endpoint: 'notification',
      kind: 'fields',
      fields: { amount: '1', message: '', utr: 'x1' },
    })
    await approve(tradeNo)
    expect(fields()).toMatchObject({ amount: '1', utr: 'x1', sign: digest(heard()) })
    expect(fields()).not.toHaveProperty('message')
  })

  test('writes the amount as a number with four decimals, signed as written', async () => {
    const tradeNo = await order([{ body: 'OK' }])
    sandbox.fault({ endpoint: 'notification', kind: 'amount-as-number' })
    await approve(tradeNo)
    expect(heard()).toContain('"amount":300.0000,')
    expect(fields().sign).toBe(digest(heard()))
  })

  test('repeats a key, so that a lenient reader still finds the signature right', async () => {
    const tradeNo = await order([{ body: 'OK' }])
    sandbox.fault({ endpoint: 'notification', kind: 'repeated-key' })
    await approve(tradeNo)
    expect(heard()).toMatch(/^\{"amount":"1",.*"amount":"300"/)
    expect(fields().sign).toBe(digest(JSON.stringify(fields())))
  })
})
