import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { startSandbox } from '../../demo/sandbox/index.js'
import type { Payment } from '../../src/contract/payment.js'
import { signOrder } from '../../src/proxy/index.js'
import { killAll, launch } from '../cluster/program.js'
import { proxyEnvironment } from '../faults/environment.js'
import { IS_LONG, tell } from '../faults/form.js'
import { freePort } from '../free-port.js'
import { closeAfterTest } from '../proxy/lifecycle.js'
import { BANK_PAYER, newKey, order } from '../proxy/requests.js'

afterEach(killAll)

const WAITERS = IS_LONG ? 10_000 : 1_000
const FOR_EACH = 20
/** Milliseconds; the goal of ten thousand is a second on a machine that does nothing else. */
const TOLD_WITHIN = 20_000
/** Bytes of memory for each waiter; the goal, and what a heap that grows in steps adds to a few. */
const MEMORY = IS_LONG ? 20_000 : 60_000

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** One program on its own database, and as many payments as are asked for. */
async function startProgram(payments: number) {
  const sandbox = await startSandbox({ port: 0, ipLimits: 'off' })
  closeAfterTest(() => sandbox.close())
  const orderSecret = randomBytes(32).toString('hex')
  const port = await freePort()
  const program = launch({
    ...proxyEnvironment({ databaseUrl: 'sqlite::memory:', orderSecret, sandbox }),
    PAY_PORT: String(port),
    PAY_PUBLIC_URL: `http://127.0.0.1:${port}/pay`,
    // Nothing but a watcher could cause a query.
    PAY_QUERY_SCHEDULE: '1h',
    VEXORA_TAIWAN_IP_LIMITS: 'off',
  })
  await expect.poll(program.said, { timeout: 30_000 }).toContain('serves')
  const made: Payment[] = []
  for (let at = 0; at < payments; at += 1) {
    const answer = await fetch(`${program.url}/payments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': newKey() },
      body: JSON.stringify({
        order: await signOrder(order(`W-${at}`), orderSecret),
        channel: 'vexora-taiwan:NET_BANKING',
        amount: { value: '300', currency: 'TWD' },
        payer: BANK_PAYER,
        presentation: 'popup',
      }),
    })
    expect(answer.status).toBe(201)
    made.push((await answer.json()) as Payment)
  }
  const memory = () => {
    const pid = String(program.child.pid)
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', pid], { encoding: 'utf8' })) * 1024
  }
  return { sandbox, program, port, made, memory }
}

interface Wait {
  socket: Socket
  /** What came, and when. */
  answered: Promise<{ text: string; at: number }>
}

function wait(port: number, { id, version }: Payment): Wait {
  const socket = connect(port, '127.0.0.1')
  let failure = ''
  socket.on('error', (error) => {
    failure = error.message
  })
  const answered = new Promise<{ text: string; at: number }>((resolve) => {
    socket.once('data', (chunk) => resolve({ text: String(chunk), at: performance.now() }))
    socket.once('close', () => resolve({ text: `closed ${failure}`, at: performance.now() }))
  })
  socket.write(`GET /pay/payments/${id}?wait=25&version=${version} HTTP/1.1\r\nHost: x\r\n\r\n`)
  return { socket, answered }
}

test('a crowd that waits costs little, asks the provider nothing, and is told at once', {
  timeout: 180_000,
}, async (context) => {
  const { sandbox, program, port, made, memory } = await startProgram(WAITERS / FOR_EACH)
  const before = memory()
  const waits: Wait[] = []
  for (const payment of made) {
    for (let at = 0; at < FOR_EACH; at += 1) waits.push(wait(port, payment))
    await pause(1)
  }
  await pause(1_500)
  const each = Math.round((memory() - before) / WAITERS)
  expect(sandbox.calls('query')).toBe(0)

  const began = performance.now()
  // The payer's return is a change like any other, and needs no provider.
  await Promise.all(made.map(({ id }) => fetch(`${program.url}/payments/${id}/return`)))
  const answers = await Promise.all(waits.map(({ answered }) => answered))
  const took = Math.round(Math.max(...answers.map(({ at }) => at)) - began)
  const first = Math.round(Math.min(...answers.map(({ at }) => at)) - began)
  for (const { socket } of waits) socket.destroy()
  const untold = answers.filter(({ text }) => !/^HTTP\/1\.1 200 .*"returnedAt"/s.test(text))

  tell(context, {
    waiters: WAITERS,
    'bytes each': each,
    'first told after ms': first,
    'all told after ms': took,
    untold: untold.map(({ text }) => text.slice(0, 100)),
  })
  expect(untold).toEqual([])
  expect(first).toBeGreaterThan(0)
  expect(took).toBeLessThan(TOLD_WITHIN)
  expect(each).toBeLessThan(MEMORY)
})

test('who finds no place is answered at once and told to come again, not all at one moment', async () => {
  const { port, made, program } = await startProgram(1)
  const [payment] = made
  if (!payment) throw new Error('no payment')
  const parked = Array.from({ length: FOR_EACH }, () => wait(port, payment))
  await pause(500)
  const crowd = Array.from({ length: 40 }, () => wait(port, payment))
  const told = await Promise.all(crowd.map(({ answered }) => answered))
  const retries = told.map(({ text }) => Number(/retry-after: (\d+)/i.exec(text)?.[1]))
  for (const retry of retries) expect(retry).toBeGreaterThan(0)
  expect(new Set(retries).size).toBeGreaterThan(1)

  // Whoever goes away makes room.
  for (const { socket } of parked) socket.destroy()
  await pause(500)
  const next = wait(port, payment)
  const early = await Promise.race([next.answered, pause(1_500)])
  expect(early).toBeUndefined()

  // A stop answers it.
  const stopped = program.kill('SIGTERM')
  expect((await next.answered).text).toMatch(/^HTTP\/1\.1 200 /)
  expect(await stopped).toBe(0)
  for (const { socket } of [...crowd, next]) socket.destroy()
})
