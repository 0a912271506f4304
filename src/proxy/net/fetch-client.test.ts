import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { freePort } from '../../../test/free-port.js'
import { fetchClient } from './fetch-client.js'
import { AnswerTooLargeError, UnreachableError } from './http-client.js'

const servers: { server: Server; sockets: Set<Socket> }[] = []
afterEach(async () => {
  for (const { server, sockets } of servers.splice(0)) {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
})

/** A provider on a raw socket; what it answers a request with. */
async function provider(answer: (socket: Socket, head: string) => void) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('data', (chunk) => answer(socket, String(chunk)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  servers.push({ server, sockets })
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  return { url, connections: () => sockets.size }
}

function post(url: string, timeout = 5_000) {
  const headers = { 'content-type': 'application/json' }
  return fetchClient().send({ method: 'POST', url, headers, body: '{"名":1}' }, timeout)
}

const ok = (body: string) =>
  `HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`

test('sends what it was given and reads the answer, each time on a connection of its own', async () => {
  const heard: string[] = []
  const { url, connections } = await provider((socket, text) => {
    heard.push(text)
    socket.write(ok('{"code":"成功"}'))
  })
  expect(await post(`${url}/a?b=c`)).toEqual({ status: 200, body: '{"code":"成功"}' })
  await post(url)
  expect(heard[0]).toMatch(/^POST \/a\?b=c HTTP\/1\.1\r\n/)
  expect(heard[0]).toMatch(/content-type: application\/json\r\n/i)
  expect(heard[0]).toMatch(/\{"名":1\}$/)
  expect(connections()).toBe(2)
})

test('where nobody listens, nothing was sent', async () => {
  await expect(post(`http://127.0.0.1:${await freePort()}`)).rejects.toThrow(UnreachableError)
})

test('where the name leads nowhere, nothing was sent', async () => {
  await expect(post('http://pay.invalid/')).rejects.toThrow(UnreachableError)
})

test.each<[string, (socket: Socket) => void]>([
  ['is reset', (socket) => socket.resetAndDestroy()],
  ['ends without an answer', (socket) => socket.end()],
  ['is cut off', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{')],
  ['takes too long', () => {}],
  ['is no HTTP', (socket) => socket.end('hello\r\n\r\n')],
])('a call that %s may have been heard', async (_, answer) => {
  const { url } = await provider(answer)
  const error = await post(url, 300).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(Error)
  expect(error).not.toBeInstanceOf(UnreachableError)
})

test('an answer of more than 64 kB is not read to its end', async () => {
  const { url } = await provider((socket) => socket.write(ok('x'.repeat(64 * 1024 + 1))))
  await expect(post(url)).rejects.toThrow(AnswerTooLargeError)
})

test('a redirect is an answer, and not followed', async () => {
  const { url, connections } = await provider((socket) =>
    socket.write('HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n'),
  )
  expect((await post(url)).status).toBe(302)
  expect(connections()).toBe(1)
})
