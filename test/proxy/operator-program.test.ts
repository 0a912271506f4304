import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import type { Payment } from '../../src/contract/payment.js'
import type { RecordEntry } from '../../src/proxy/index.js'
import { freePort } from '../free-port.js'
import { API_KEY, lastOrder, NO_IP_LIMITS, start } from './harness.js'
import { closeAfterTest } from './lifecycle.js'
import { order } from './requests.js'

const PROGRAM = new URL('../../src/proxy/bin/pay-button-proxy.js', import.meta.url).pathname

/** Runs the program to its end; the server that it talks to may be in this process. */
function run(env: Record<string, string>, ...args: string[]) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(
      'node',
      [PROGRAM, ...args],
      { env: { PATH: process.env.PATH ?? '', ...env } },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    )
  })
}

async function opened() {
  const harness = await start(NO_IP_LIMITS)
  const env = { PAY_PUBLIC_URL: harness.url, PAY_API_KEY: API_KEY }
  return { ...harness, env, program: (...args: string[]) => run(env, ...args) }
}

const lines = <T>(stdout: string) =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)

test('lists, resolves and shows the record of a payment', async () => {
  const { made, notify, sandbox, program, watch } = await opened()
  const { id, createdAt } = await made()
  await notify({ tradeNo: lastOrder(sandbox).tradeNo, status: '0000', amount: '100' })

  const listed = await program('payments', '--status', 'needs_review')
  expect(listed).toMatchObject({ code: 0, stderr: '' })
  expect(listed.stdout.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
    ['CREATED', 'PAYMENT', 'ORDER', 'CHANNEL', 'AMOUNT', 'STATUS'],
    [
      createdAt,
      id,
      'A-1',
      'vexora-taiwan:NET_BANKING',
      '300 TWD',
      'needs_review (amount-mismatch) TEST',
    ],
    [''],
  ])

  const note = '退款 to the payer'
  const resolved = await program('resolve', id, '--status', 'failed', '--note', note, '--json')
  expect(resolved).toMatchObject({ code: 0, stderr: '' })
  expect(lines<Payment>(resolved.stdout)).toMatchObject([{ id, status: 'failed' }])
  expect(await watch(id)).toMatchObject({ status: 'failed' })

  const { stdout } = await program('payments', '--record', id)
  expect(stdout).toContain('created → requires_action')
  expect(stdout).toMatch(/needs_review → failed +退款 to the payer\n$/)
  const json = await program('payments', '--record', id, '--json')
  expect(lines<RecordEntry>(json.stdout).map(({ source }) => source)).toEqual([
    'payer',
    'create-answer',
    'notification',
    'operator',
  ])
  expect(await program('payments', '--status', 'needs_review', '--json')).toEqual({
    code: 0,
    stdout: '',
    stderr: '',
  })
})

test('a long list comes a page at a time, or whole', async () => {
  const { orders, made, program } = await opened()
  const ids: string[] = []
  for (let at = 0; at < 103; at += 1) {
    orders.set(`B-${at}`, order(`B-${at}`))
    ids.unshift((await made({ order: `B-${at}` })).id)
  }
  const first = await program('payments', '--json')
  expect(lines<Payment>(first.stdout).map(({ id }) => id)).toEqual(ids.slice(0, 100))
  const [, cursor = ''] = /--cursor (\S+), or --all/.exec(first.stderr) ?? []
  const second = await program('payments', '--json', '--cursor', cursor)
  expect(second.stderr).toBe('')
  expect(lines<Payment>(second.stdout).map(({ id }) => id)).toEqual(ids.slice(100))
  const whole = await program('payments', '--json', '--all')
  expect(lines<Payment>(whole.stdout).map(({ id }) => id)).toEqual(ids)
  const one = await program('payments', '--json', '--order', 'B-7')
  expect(lines<Payment>(one.stdout)).toMatchObject([{ order: 'B-7' }])
})

test('lists what was not delivered, and has it told again', async () => {
  const shop = { hears: false, heard: 0 }
  const harness = await start({
    onPayment: () => {
      shop.heard += 1
      if (!shop.hears) throw new Error('closed')
    },
  })
  harness.clock.freeze()
  const env = { PAY_API_KEY: API_KEY }
  const program = (...args: string[]) => run(env, 'payments', '--url', `${harness.url}/`, ...args)
  const { id } = await harness.made()
  await harness.notify({
    tradeNo: lastOrder(harness.sandbox).tradeNo,
    status: '0000',
    amount: '300',
  })
  expect((await program('--undelivered', '--json')).stdout).toBe('')
  for (let hours = 0; hours < 80; hours += 1) await harness.travel(3_600_000)
  expect(lines<Payment>((await program('--undelivered', '--json')).stdout)).toMatchObject([{ id }])
  shop.hears = true
  const before = shop.heard
  expect(await program('--redeliver', id)).toMatchObject({ code: 0, stderr: '' })
  await harness.sweep()
  expect([shop.heard, (await program('--undelivered', '--json')).stdout]).toEqual([before + 1, ''])
})

test.each<[string, string[], string]>([
  ['an unknown option', ['payments', '--orders', 'A-1'], "payments: Unknown option '--orders'"],
  ['a word too much', ['payments', 'A-1'], "payments: Unexpected argument 'A-1'"],
  [
    'two things at once',
    ['payments', '--all', '--record', 'pay_1'],
    'payments: --record and --redeliver stand alone',
  ],
  ['no payment', ['resolve', '--status', 'failed', '--note', 'x'], 'resolve: name one payment'],
  [
    'no status',
    ['resolve', 'pay_1', '--note', 'x'],
    'resolve: --status must be succeeded or failed',
  ],
  [
    'another status',
    ['resolve', 'pay_1', '--status', 'paid', '--note', 'x'],
    'resolve: --status must be succeeded or failed',
  ],
  [
    'no note',
    ['resolve', 'pay_1', '--status', 'failed'],
    'resolve: --note must be one line of 1 to 500 characters',
  ],
  [
    'a note of two lines',
    ['resolve', 'pay_1', '--status', 'failed', '--note', 'a\nb'],
    'resolve: --note must be one line of 1 to 500 characters',
  ],
  [
    'an address of another kind',
    ['payments', '--url', 'file:///etc'],
    '--url must be an http: or https: URL',
  ],
  ['a key on the command line', ['payments', '--key', API_KEY], "payments: Unknown option '--key'"],
])('%s is a wrong call', async (_, args, line) => {
  const env = { PAY_PUBLIC_URL: 'http://127.0.0.1:9/pay', PAY_API_KEY: API_KEY }
  const { code, stdout, stderr } = await run(env, ...args)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(/^pay-button-proxy.*\n$/)
  expect(stderr).toContain(line)
})

test('what went wrong at the proxy is told in one line', async () => {
  const { env, program } = await opened()
  const failed = (line: string) => ({ code: 1, stdout: '', stderr: `pay-button-proxy: ${line}\n` })
  expect(await program('payments', '--record', 'pay_1')).toEqual(failed('there is no such payment'))
  expect(await program('resolve', '../../x', '--status', 'failed', '--note', 'x')).toEqual(
    failed('there is no such payment'),
  )
  expect(await program('payments', '--status', 'paid')).toEqual(
    failed('Not as expected: status. (body-invalid)'),
  )
  expect(await run({ ...env, PAY_API_KEY: 'wrong' }, 'payments')).toEqual(
    failed('the proxy does not accept PAY_API_KEY, or has none itself'),
  )
  expect(await run({ PAY_PUBLIC_URL: env.PAY_PUBLIC_URL }, 'payments')).toEqual(
    failed('PAY_API_KEY is missing'),
  )
  expect(await run({ PAY_API_KEY: API_KEY }, 'payments')).toEqual(
    failed('PAY_PUBLIC_URL is missing'),
  )
  const nobody = `http://127.0.0.1:${await freePort()}/pay`
  expect(await program('payments', '--url', nobody)).toEqual(
    failed(`${nobody} cannot be reached (TypeError ECONNREFUSED)`),
  )
})

test('the key is not carried elsewhere by a redirect, and another server is told as such', async () => {
  let asked = 0
  const server = createServer((_, response) => {
    asked += 1
    response.writeHead(asked === 1 ? 302 : 200, { location: '/elsewhere' }).end('<html>')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closeAfterTest(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  for (const calls of [1, 2]) {
    expect(await run({ PAY_API_KEY: API_KEY }, 'payments', '--url', url)).toEqual({
      code: 1,
      stdout: '',
      stderr: `pay-button-proxy: ${url} does not answer as a pay-button-proxy\n`,
    })
    expect(asked).toBe(calls)
  }
})

test('help is no error', async () => {
  expect(await run({}, '--help')).toMatchObject({ code: 0, stderr: '' })
})
