import { afterEach, expect, test } from 'vitest'
import { OutcomeRefused, type Sandbox, startSandbox } from '../index.js'
import { checkout } from '../test-merchant.js'
import { INVENTED_CODE } from './answer.js'

const HOUR = 3_600_000
/** 23:30 in Taipei. */
const LATE_EVENING = Date.UTC(2026, 10, 21, 15, 30)

let clock = LATE_EVENING
let sandbox: Sandbox
afterEach(() => sandbox.close())

async function start(ipLimits?: 'off') {
  clock = LATE_EVENING
  sandbox = await startSandbox({ port: 0, now: () => clock, ...(ipLimits && { ipLimits }) })
}

async function buy(ipAddress = '192.0.2.1') {
  return checkout(sandbox, { ipAddress, timestamp: String(clock) })
}

async function pay(ipAddress?: string): Promise<void> {
  const { data } = await buy(ipAddress)
  await sandbox.settle(data?.tradeNo ?? '', 'approve', { notify: false })
}

test('an address begins ten transactions a day', async () => {
  await start()
  for (let count = 1; count <= 10; count += 1) expect((await buy()).code).toBe('0000')
  expect((await buy()).code).toBe(INVENTED_CODE.ipLimit)
  expect((await buy('192.0.2.2')).code).toBe('0000')
})

test('the day ends at midnight in Taipei', async () => {
  await start()
  for (let count = 1; count <= 10; count += 1) await buy()
  clock += HOUR / 3
  expect((await buy()).code).toBe(INVENTED_CODE.ipLimit)
  clock += HOUR / 3
  expect((await buy()).code).toBe('0000')
})

test('a refused call takes none of the ten', async () => {
  await start()
  for (let count = 1; count <= 12; count += 1) {
    await checkout(sandbox, { amount: '0', timestamp: String(clock) })
  }
  expect((await buy()).code).toBe('0000')
})

test('after three successes an address begins nothing more that day', async () => {
  await start()
  for (let count = 1; count <= 3; count += 1) await pay()
  expect((await buy()).code).toBe(INVENTED_CODE.ipLimit)
  clock += HOUR
  expect((await buy()).code).toBe('0000')
})

test('a fourth order of the day cannot succeed, also a day later', async () => {
  await start()
  const { data } = await buy()
  for (let count = 1; count <= 3; count += 1) await pay()
  clock += HOUR
  await expect(sandbox.settle(data?.tradeNo ?? '', 'approve')).rejects.toThrow(OutcomeRefused)
  const cashier = await (await fetch(data?.paymentUrl ?? '')).text()
  expect(cashier).toContain('has had its successful payments')
  expect(cashier).toMatch(/value="approve"[^>]* disabled/)
  expect(sandbox.orders()[0]?.status).toBe('open')
})

test('the rule can be off', async () => {
  await start('off')
  for (let count = 1; count <= 4; count += 1) await pay()
  for (let count = 1; count <= 10; count += 1) expect((await buy()).code).toBe('0000')
})
