import { connect, type Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { type Harness, start } from '../proxy/harness.js'
import { create, SHOP } from '../proxy/requests.js'

interface Talk {
  /** All that came until the other side closed. */
  said: string
  /** Milliseconds until it closed. */
  took: number
}

/** Sends bytes as they are and listens until the proxy closes the connection. */
function talk(harness: Harness, bytes: string, also?: (socket: Socket) => void): Promise<Talk> {
  const began = performance.now()
  return new Promise((resolve) => {
    let said = ''
    const socket = connect(Number(new URL(harness.url).port), '127.0.0.1')
    socket.on('data', (chunk) => {
      said += chunk.toString('latin1')
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve({ said, took: performance.now() - began }))
    socket.write(Buffer.from(bytes, 'latin1'))
    also?.(socket)
  })
}

const statuses = ({ said }: Talk) =>
  [...said.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))

const SMUGGLED = 'GET /pay/healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'

describe('a request whose end is told in two ways', () => {
  test.each([
    ['a length and chunks', `Content-Length: ${SMUGGLED.length + 5}\r\nTransfer-Encoding: chunked`],
    ['chunks and a length', `Transfer-Encoding: chunked\r\nContent-Length: 5`],
    ['two lengths', `Content-Length: 5\r\nContent-Length: 6`],
    ['a list of lengths', 'Content-Length: 5, 6'],
    ['a length with a sign', 'Content-Length: +5'],
    ['a length below zero', 'Content-Length: -5'],
    ['a length in another base', 'Content-Length: 0x5'],
    ['chunks that are not the last coding', 'Transfer-Encoding: chunked, identity'],
    ['a coding that nobody knows', 'Transfer-Encoding: xchunked'],
    ['a space before the colon', 'Transfer-Encoding : chunked'],
    ['a header that is folded', 'X: a\r\n Transfer-Encoding: chunked'],
    ['a bare line feed', 'X: a\nTransfer-Encoding: chunked'],
  ])('%s is refused, and what follows it is no request', async (_, framing) => {
    const harness = await start()
    const head = `POST /pay/notifications/vexora-taiwan HTTP/1.1\r\nHost: x\r\n${framing}\r\n\r\n`
    const answer = await talk(harness, `${head}0\r\n\r\n${SMUGGLED}`)
    expect(statuses(answer)).toEqual([400])
    expect(answer.said).toMatch(/connection: close/i)
  })

  test('the same without a second way is two requests', async () => {
    const harness = await start()
    const head =
      'POST /pay/notifications/vexora-taiwan HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n'
    expect(statuses(await talk(harness, `${head}0\r\n\r\n${SMUGGLED}`))).toEqual([400, 200])
  })
})

test.each([
  ['no host', 'GET /pay/healthz HTTP/1.1\r\n\r\n', 400],
  [
    'a host that is none',
    'GET /pay/healthz HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n',
    404,
  ],
  [
    'a host with a path',
    'GET /pay/x HTTP/1.1\r\nHost: a/pay/healthz?\r\nConnection: close\r\n\r\n',
    404,
  ],
  [
    'headers of 20 kB',
    `GET /pay/healthz HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
    431,
  ],
  ['a NUL in a header', 'GET /pay/healthz HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n', 400],
])('%s is refused', async (_, bytes, status) => {
  expect(statuses(await talk(await start(), bytes))).toEqual([status])
})

test('whoever sends slowly, or nothing, is closed within half a minute', {
  timeout: 90_000,
}, async () => {
  const harness = await start()
  const head = `POST /pay/payments HTTP/1.1\r\nHost: x\r\nOrigin: ${SHOP}\r\nContent-Type: application/json\r\n`
  const drip = (text: string) => (socket: Socket) => {
    const timer = setInterval(() => socket.write(text), 500)
    socket.on('close', () => clearInterval(timer))
  }
  const talks = await Promise.all([
    talk(harness, ''),
    talk(harness, 'GET /pay/healthz HTT'),
    talk(harness, `${head}X-A: `, drip('a')),
    talk(harness, head, drip('X-B: c\r\n')),
    talk(harness, `${head}Content-Length: 10000\r\n\r\n{`, drip(' ')),
    talk(harness, `${head}Transfer-Encoding: chunked\r\n\r\n`, drip('1\r\n \r\n')),
  ])
  for (const each of talks) {
    expect(each.took).toBeLessThan(60_000)
    // Nobody is told that it went well.
    expect(statuses(each).filter((status) => status < 400)).toEqual([])
  }
  expect((await harness.ask('/healthz')).status).toBe(200)
})

test('a stop does not wait for who sends slowly, and answers who waits', async () => {
  const harness = await start()
  const { id, version } = await harness.made()
  const head = `POST /pay/payments HTTP/1.1\r\nHost: x\r\nOrigin: ${SHOP}\r\nContent-Type: application/json\r\n`
  const slow = talk(harness, `${head}Content-Length: 10000\r\n\r\n{`)
  const waits = Array.from({ length: 10 }, () =>
    harness.ask(`/payments/${id}?wait=25&version=${version}`),
  )
  await new Promise((resolve) => setTimeout(resolve, 300))
  const began = performance.now()
  await harness.close()
  expect(performance.now() - began).toBeLessThan(8_000)
  for (const wait of waits) expect((await wait).status).toBe(200)
  await slow
})

test('what had arrived when it is told to stop is answered, and each answer is the last', async () => {
  const harness = await start()
  const { id, version } = await harness.made()
  const get = (path: string) => `GET /pay/${path} HTTP/1.1\r\nHost: x\r\n\r\n`
  let idle: Socket | undefined
  const late = talk(harness, get('healthz'), (socket) => {
    idle = socket
  })
  const waiting = talk(harness, get(`payments/${id}?wait=25&version=${version}`))
  await new Promise((resolve) => setTimeout(resolve, 300))
  // In the proxy's hands, and not read yet.
  idle?.write(get(`payments/${id}`))
  await harness.close()
  expect(statuses(await late)).toEqual([200, 200])
  expect(statuses(await waiting)).toEqual([200])
  for (const { said } of [await late, await waiting]) {
    expect(said.match(/^connection: .*$/gim)?.at(-1)).toMatch(/close/)
  }
})

test('one connection cannot be used to speak for another', async () => {
  const harness = await start()
  const { method, body, headers } = create()
  const lines = Object.entries(headers as Record<string, string>)
  const head = lines.map((pair) => pair.join(': ')).join('\r\n')
  const length = Buffer.byteLength(String(body))
  // The body claims to be shorter than it is: what is left over is refused and never run.
  const bytes = `${method} /pay/payments HTTP/1.1\r\nHost: x\r\n${head}\r\nContent-Length: ${length - 1}\r\n\r\n`
  const answer = await talk(harness, bytes + Buffer.from(String(body)).toString('latin1'))
  expect(new Set(statuses(answer))).toEqual(new Set([400]))
  expect(harness.sandbox.calls('checkout')).toBe(0)
})
