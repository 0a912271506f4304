import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, expect, test } from 'vitest'
import { freePort } from '../free-port.js'

const PROGRAM = new URL('../../src/proxy/bin/pay-button-proxy.js', import.meta.url).pathname
const SECRET = 'a-secret-that-nobody-may-ever-see-0123'

const running: ChildProcess[] = []
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

async function environment(): Promise<Record<string, string>> {
  const port = await freePort()
  return {
    PATH: process.env.PATH ?? '',
    PAY_MODE: 'test',
    PAY_PORT: String(port),
    PAY_PUBLIC_URL: `http://localhost:${port}/pay`,
    PAY_ORIGINS: 'http://localhost:8080',
    PAY_SECRET: SECRET,
    PAY_ORDER_SECRET: SECRET,
    PAY_DATABASE_URL: `sqlite:${join(mkdtempSync(join(tmpdir(), 'pay-')), 'pay.db')}`,
    VEXORA_TAIWAN_BASE_URL: 'http://127.0.0.1:9/vexora/taiwan',
    VEXORA_TAIWAN_MERCHANT_NO: '9990000001',
    VEXORA_TAIWAN_APP_SECRET: 'app-secret-unseen',
  }
}

/** Runs a command to its end. */
async function run(env: Record<string, string>, ...args: string[]) {
  try {
    const { stdout, stderr } = await promisify(execFile)('node', [PROGRAM, ...args], { env })
    return { code: 0, stdout, stderr }
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string }
  }
}

/** Starts the server and resolves when it says where it listens. */
async function serve(env: Record<string, string>) {
  const child = spawn('node', [PROGRAM], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  running.push(child)
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const announced = await new Promise<string>((resolve) =>
    child.stdout.once('data', (chunk) => resolve(String(chunk))),
  )
  return { child, exited, announced }
}

test('serves an order whose token it printed, and stops when told', async () => {
  const env = await environment()
  const { child, exited, announced } = await serve(env)
  expect(announced).toContain(env.PAY_PUBLIC_URL)
  const token = await run(env, 'token', '--order', 'A-1', '--amount', '300', '--currency', 'TWD')
  const offer = await fetch(`${env.PAY_PUBLIC_URL}/orders/${token.stdout.trim()}`)
  expect(await offer.json()).toMatchObject({ order: 'A-1', amount: { value: '300' }, paid: false })
  child.kill('SIGTERM')
  expect(await exited).toBe(0)
  await expect(fetch(`${env.PAY_PUBLIC_URL}/healthz`)).rejects.toThrow()
})

test('stops at once though a page waits', async () => {
  const env = await environment()
  const { child, exited } = await serve(env)
  const token = await run(env, 'token', '--order', 'A-1', '--amount', '300', '--currency', 'TWD')
  const answer = await fetch(`${env.PAY_PUBLIC_URL}/payments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'key' },
    body: JSON.stringify({
      order: token.stdout.trim(),
      channel: 'vexora-taiwan:STORE',
      amount: { value: '300', currency: 'TWD' },
      payer: {
        firstName: 'a',
        lastName: 'b',
        mobile: '0912345678',
        email: 'a@example.com',
        postcode: '100',
        address: 'c',
      },
      presentation: 'popup',
    }),
  })
  const payment = (await answer.json()) as { id: string; version: number }
  // Nobody listens at the provider's port.
  expect(payment).toMatchObject({ status: 'failed', reason: 'unreachable' })
  const waits = fetch(
    `${env.PAY_PUBLIC_URL}/payments/${payment.id}?wait=25&version=${payment.version}`,
  )
  await new Promise((resolve) => setTimeout(resolve, 200))
  const told = Date.now()
  child.kill('SIGINT')
  child.kill('SIGINT')
  expect((await waits).status).toBe(200)
  expect(await exited).toBe(0)
  expect(Date.now() - told).toBeLessThan(5_000)
})

test('check says what is on, and names what is wrong in one line', async () => {
  const env = await environment()
  const checked = await run(env, 'check')
  expect(checked.code).toBe(0)
  expect(checked.stdout.split('\n')[0]).toBe(
    'pay-button-proxy: test mode; vexora-taiwan (NET_BANKING, STORE)',
  )
  expect(await run({ ...env, VEXORA_TAIWAN_APP_SECRET: '' }, 'check')).toMatchObject({
    code: 1,
    stderr: 'pay-button-proxy: VEXORA_TAIWAN_APP_SECRET is missing\n',
  })
})

test('a second process on the same file and a port in use are told in one line', async () => {
  const env = await environment()
  await serve(env)
  const second = await run(env)
  expect(second.code).toBe(1)
  expect(second.stderr).toMatch(/^pay-button-proxy: cannot use the SQLite file .*\n$/)
  const other = await environment()
  const third = await run({ ...other, PAY_PORT: env.PAY_PORT ?? '' })
  expect(third).toMatchObject({
    code: 1,
    stderr: 'pay-button-proxy: the port of PAY_PORT is in use\n',
  })
})

test('words that it does not know are told, and nothing is started', async () => {
  const env = await environment()
  expect(await run(env, 'refund')).toMatchObject({ code: 2, stdout: '' })
  const token = await run(env, 'token', '--order', 'A 1', '--amount', '1.234', '--currency', 'TWD')
  expect(token).toMatchObject({
    code: 2,
    stderr: 'pay-button-proxy token: not as expected: --order, --amount\n',
  })
})
