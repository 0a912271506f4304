import { createServer, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { AnswerTooLargeError, UnreachableError } from './http-client.js'
import { undiciClient } from './undici-client.js'

const closing: (() => Promise<unknown>)[] = []
afterEach(() => Promise.all(closing.splice(0).map((close) => close())))

/**
 * A provider on a raw socket, which answers each request with its path.
 *
 * @param after what becomes of a socket once its first answer is written.
 */
async function provider(
  after: (socket: Socket) => void,
  headers = '',
  options: Parameters<typeof undiciClient>[0] = {},
) {
  const sockets = new Set<Socket>()
  const heard: string[] = []
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    let text = ''
    let isFirst = true
    socket.on('data', (chunk) => {
      text += chunk
      if (!text.endsWith('}')) return
      const path = text.split(' ')[1] ?? ''
      text = ''
      heard.push(path)
      socket.write(`HTTP/1.1 200 OK\r\n${headers}content-length: ${path.length}\r\n\r\n${path}`)
      if (isFirst) after(socket)
      isFirst = false
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    for (const socket of sockets) socket.destroy()
    return new Promise((resolve) => server.close(resolve))
  })
  const address = server.address()
  const client = undiciClient(options)
  closing.push(() => client.close())
  return {
    heard,
    connections: () => sockets.size,
    post: async (path: string) => {
      const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}${path}`
      return (await client.send({ method: 'POST', url, headers: {}, body: '{}' }, 5_000)).body
    },
  }
}

const PROMISE = 'keep-alive: timeout=600\r\n'
const paths = (count: number) => Array.from({ length: count }, (_, index) => `/${index}`)

/** Resets as soon as anything more arrives, as a socket does that was closed meanwhile. */
const resetAtNext = (socket: Socket) => {
  socket.removeAllListeners('data')
  socket.once('data', () => socket.resetAndDestroy())
}

test.each([
  ['resets when the next call arrives', '', resetAtNext],
  ['resets then, against its word', PROMISE, resetAtNext],
  ['closes at once', '', (socket: Socket) => socket.end()],
  ['closes at once, against its word', PROMISE, (socket: Socket) => socket.end()],
  [
    'closes in the next turn, against its word',
    PROMISE,
    (s: Socket) => setImmediate(() => s.end()),
  ],
  ['closes within 3 ms', '', (s: Socket) => setTimeout(() => s.destroy(), Math.random() * 3)],
] as const)(
  'no call is lost, or sent twice, where the other side %s',
  async (_, headers, after) => {
    // No idle connection lives out its time here, however slow the machine: nothing could tell an
    // origin that resets at the next call from one that keeps its word.
    const { heard, post } = await provider(after, headers, { mostIdle: 60_000 })
    for (const path of paths(60)) {
      expect(await post(path)).toBe(path)
      if (Math.random() < 0.5) await pause(Math.random() * 3)
    }
    await Promise.all(paths(60).map((path) => post(`/all${path}`)))
    expect(new Set(heard).size).toBe(120)
    expect(heard).toHaveLength(120)
  },
)

test('connections are used again where the other side keeps its promise', async () => {
  const { connections, post } = await provider(() => {}, PROMISE)
  await post('/first')
  // Its connection lives out its time here, unused.
  await expect.poll(connections, { timeout: 5_000 }).toBe(1)
  await pause(1_200)
  for (const path of paths(20)) await post(path)
  expect(connections()).toBe(2)
})

test('one promise that was broken is enough', async () => {
  let isPatient = true
  const { connections, post } = await provider((socket) => {
    if (!isPatient) setTimeout(() => socket.end(), 50)
  }, PROMISE)
  await post('/first')
  await pause(1_200)
  isPatient = false
  await post('/second')
  await pause(200)
  for (const path of paths(5)) await post(path)
  expect(connections()).toBe(7)
})

test('what was sent is never sent again, whatever becomes of its connection', async () => {
  const { heard, post } = await provider((socket) => socket.resetAndDestroy())
  const results = await Promise.allSettled(paths(20).map((path) => post(path)))
  expect(heard).toHaveLength(20)
  expect(results).toHaveLength(20)
})

/** A provider that begins its answer like this, and goes on one byte at a time. */
async function dripping(begin: string): Promise<(timeout: number) => Promise<unknown>> {
  const timers = new Set<NodeJS.Timeout>()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('data', () => {
      socket.write(begin)
      timers.add(setInterval(() => socket.write('x'), 20))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    for (const timer of timers) clearInterval(timer)
    for (const socket of sockets) socket.destroy()
    return new Promise((resolve) => server.close(resolve))
  })
  const address = server.address()
  const client = undiciClient()
  closing.push(() => client.close())
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`
  return (timeout: number) => client.send({ method: 'POST', url, headers: {}, body: '{}' }, timeout)
}

test.each([
  ['headers', 'HTTP/1.1 200 OK\r\nx-slow: '],
  ['body', 'HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n'],
  ['body without an end', 'HTTP/1.1 200 OK\r\n\r\n'],
])('the time of a call is over though its %s go on dripping', async (_, begin) => {
  const send = await dripping(begin)
  const started = performance.now()
  await expect(send(400)).rejects.toMatchObject({ name: 'TimeoutError' })
  const took = performance.now() - started
  expect(took).toBeGreaterThan(390)
  expect(took).toBeLessThan(4_000)
})

test('an answer that grows beyond 64 kB is not read on', async () => {
  const send = await dripping(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(64 * 1024)}`)
  await expect(send(10_000)).rejects.toThrow(AnswerTooLargeError)
})

/** Asks a provider that does this once it has heard a request. */
async function ask(answer: (socket: Socket) => unknown) {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => answer(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise((resolve) => server.close(resolve)))
  const address = server.address()
  const client = undiciClient()
  closing.push(() => client.close())
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`
  return client.send({ method: 'POST', url, headers: {}, body: '{}' }, 5_000)
}

/** Writes them so that each arrives by itself. */
const inPieces =
  (...pieces: (string | Buffer)[]) =>
  async (socket: Socket) => {
    for (const piece of pieces) {
      socket.write(piece)
      await pause(10)
    }
  }

test('a character that arrives in two pieces is one', async () => {
  const [first = 0, ...others] = Buffer.from('付')
  const head = 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n'
  const answer = await ask(inPieces(head, Buffer.of(first), Buffer.from(others)))
  expect(answer).toEqual({ status: 200, body: '付' })
})

test('what is told before an answer is not the answer', async () => {
  const answer = await ask(
    inPieces(
      'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n',
      'HTTP/1.1 418 Short\r\ncontent-length: 1\r\n\r\nx',
    ),
  )
  expect(answer).toEqual({ status: 418, body: 'x' })
})

test('half an answer is none, and may have been an answer', async () => {
  const half = 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf'
  const error = await ask((socket) => socket.end(half)).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(Error)
  expect(error).not.toBeInstanceOf(UnreachableError)
})
