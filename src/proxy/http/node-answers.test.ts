import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect as connect2, createServer as createServer2 } from 'node:http2'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { text as readText } from 'node:stream/consumers'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { Answer } from './answer.js'
import { readJson } from './body.js'
import { fetchOf, type Handle, handleOf } from './handle.js'
import type { HttpRequest } from './http-request.js'
import { json } from './json.js'
import { NodeAnswers } from './node-answers.js'
import { ProblemError, problem } from './problem.js'

const text = (body: string): Answer => ({ status: 200, headers: {}, body })

/** What came of the body, as a route would tell it. */
const echo: Handle = (request) =>
  readJson(request).then(
    (body) => json(body),
    (error) => problem(error instanceof ProblemError ? error : new ProblemError('internal')),
  )

/** @param before what stands before it on the server. */
async function serve(
  handle: Handle,
  before = async (_incoming: IncomingMessage, _outgoing: ServerResponse) => {},
): Promise<number> {
  const answers = new NodeAnswers(handle)
  const server = createServer(async (incoming, outgoing) => {
    await before(incoming, outgoing)
    await answers.respond(incoming, outgoing)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** Sends bytes as they are; what came until the other side closed, or until it is as wanted. */
function talk(
  port: number,
  bytes: string,
  { until, also }: { until?: RegExp; also?: (socket: Socket) => void } = {},
): Promise<string> {
  return new Promise((resolve) => {
    let said = ''
    const socket = connect(port, '127.0.0.1')
    socket.on('data', (chunk) => {
      said += chunk.toString('latin1')
      if (until?.test(said)) socket.destroy()
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(said))
    socket.write(Buffer.from(bytes, 'latin1'))
    also?.(socket)
  })
}

const LAST = 'Connection: close\r\n'
const get = (path: string, headers = '') => `GET ${path} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`
const post = (headers: string, body = '') =>
  `POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${headers}\r\n${body}`
const bodyOf = (said: string) => said.slice(said.indexOf('\r\n\r\n') + 4)
const statuses = (said: string) =>
  [...said.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))

test('an answer says how long it is, once, in bytes', async () => {
  const said = await talk(await serve(() => text('價錢')), get('/', LAST))
  expect(said.match(/^content-length: .*$/gim)).toEqual(['content-length: 6'])
  expect(Buffer.from(bodyOf(said), 'latin1').toString()).toBe('價錢')
})

test('HEAD has the head of GET and no body', async () => {
  const port = await serve(() => text('some'))
  const said = await talk(port, get('/', LAST).replace('GET', 'HEAD'))
  expect(said).toContain('content-length: 4')
  expect(bodyOf(said)).toBe('')
})

test.each([204, 304])('%i has no body, and what follows it is an answer', async (status) => {
  const port = await serve(({ path }) =>
    path === '/' ? { status, headers: { etag: '"1"' }, body: null } : text('next'),
  )
  const said = await talk(port, get('/') + get('/next', LAST))
  expect(statuses(said)).toEqual([status, 200])
  expect(said.split('HTTP/1.1 200')[0]).not.toMatch(/content-length|transfer-encoding/i)
})

test('requests of one packet are answered in their order', async () => {
  const port = await serve(async ({ path }) => {
    if (path === '/slow') await new Promise((resolve) => setTimeout(resolve, 50))
    return text(path)
  })
  const said = await talk(port, get('/slow') + get('/quick', LAST))
  expect(said.match(/\/slow|\/quick/g)).toEqual(['/slow', '/quick'])
})

test.each([
  ['with a length', 'Content-Length: 8\r\n', '{"a":1}\n'],
  ['in chunks', 'Transfer-Encoding: chunked\r\n', '4\r\n{"a"\r\n3\r\n:1}\r\n0\r\n\r\n'],
  ['that is asked for first', 'Expect: 100-continue\r\nContent-Length: 7\r\n', '{"a":1}'],
  ['beside an upgrade', 'Upgrade: h2c\r\nContent-Length: 7\r\n', '{"a":1}'],
])('a body %s is read', async (_, headers, body) => {
  const said = await talk(await serve(echo), post(headers + LAST, body))
  expect(said).toMatch(/\{"a":1\}$/)
  expect(statuses(said).at(-1)).toBe(200)
})

test('a length that is too great is refused before anything of it came', async () => {
  const port = await serve(echo)
  const said = await talk(port, post('Content-Length: 16385\r\n'), { until: /"code"/ })
  expect(said).toContain('body-too-large')
})

test('a body that outgrows its limit is refused, and its connection ends', async () => {
  const chunk = `400\r\n${' '.repeat(0x400)}\r\n`
  const said = await talk(await serve(echo), post('Transfer-Encoding: chunked\r\n'), {
    also(socket) {
      const timer = setInterval(() => socket.write(chunk), 1)
      socket.on('close', () => clearInterval(timer))
    },
  })
  expect(statuses(said)).toEqual([413])
})

test('a large body that nobody reads does no harm to what follows on its connection', async () => {
  const port = await serve(() => problem(new ProblemError('not-found')))
  const body = ' '.repeat(1_000_000)
  const said = await talk(port, post(`Content-Length: ${body.length}\r\n`, body) + get('/', LAST))
  expect(statuses(said)).toEqual([404, 404])
})

test('a body that nobody reads and that does not come ends its connection', async () => {
  const port = await serve(() => problem(new ProblemError('not-found')))
  const began = performance.now()
  expect(statuses(await talk(port, post('Content-Length: 10\r\n', '{')))).toEqual([404])
  // Node itself would keep it for five seconds more.
  expect(performance.now() - began).toBeLessThan(3_000)
})

test.each<[string, (incoming: IncomingMessage) => Promise<void>]>([
  [
    'parsed',
    async (incoming) => {
      for await (const _ of incoming);
    },
  ],
  ['made text', async (incoming) => void incoming.setEncoding('latin1')],
])('a body that was %s before is told as such', async (_, before) => {
  const port = await serve(echo, before)
  const said = await talk(port, post(`Content-Length: 2\r\n${LAST}`, '{}'))
  expect(statuses(said)).toEqual([400])
  expect(said).toContain('goes before what parses bodies')
})

test('an empty body that was looked at before is an empty body', async () => {
  const port = await serve(
    async (request) => text(`[${await request.text(10)}]`),
    (incoming) => new Promise((resolve) => incoming.resume().once('end', resolve)),
  )
  expect(bodyOf(await talk(port, post(`Content-Length: 0\r\n${LAST}`)))).toBe('[]')
})

test('GET has no body, whatever comes with it', async () => {
  const port = await serve(async (request) => text(`[${await request.text(10)}]`))
  const asked = get('/', `Content-Length: 4\r\n${LAST}`)
  expect(bodyOf(await talk(port, `${asked}body`))).toBe('[]')
})

test('a body that broke off before it is asked for fails its reader', async () => {
  const failed = vi.fn()
  const port = await serve(async (request) => {
    await new Promise((resolve) => request.signal.addEventListener('abort', resolve))
    return request.text(100).then(text, (error) => {
      failed(error.code)
      throw error
    })
  })
  await talk(port, post('Content-Length: 10\r\n', '{'), {
    also: (socket) => void setTimeout(() => socket.destroy(), 50),
  })
  await expect.poll(() => failed.mock.calls).toEqual([['ECONNRESET']])
})

test('a body that breaks off fails its reader, and nothing else', async () => {
  const failed = vi.fn()
  const port = await serve(async (request) => {
    if (request.method === 'GET') return text('on')
    return request.text(100).then(text, (error) => {
      failed(error.code)
      throw error
    })
  })
  await talk(port, post('Content-Length: 10\r\n', '{'), {
    also: (socket) => void setTimeout(() => socket.destroy(), 50),
  })
  await expect.poll(() => failed.mock.calls).toEqual([['ECONNRESET']])
  expect(bodyOf(await talk(port, get('/', LAST)))).toBe('on')
})

test('who goes away is noticed, also behind another answer on its connection', async () => {
  const gone: string[] = []
  const port = await serve(({ signal, path }) => {
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => {
        gone.push(path)
        resolve(text(''))
      })
    })
  })
  await talk(port, get('/first') + get('/second'), {
    also: (socket) => void setTimeout(() => socket.destroy(), 50),
  })
  await expect.poll(() => [...gone].sort()).toEqual(['/first', '/second'])
})

test('who goes away is noticed by who asks late, or has read the whole body', async () => {
  const gone: string[] = []
  const port = await serve(async (request) => {
    const body = await request.text(100)
    if (body === 'late') await new Promise((resolve) => setTimeout(resolve, 200))
    const { signal } = request
    if (!signal.aborted) {
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
    }
    gone.push(body)
    return text('')
  })
  for (const body of ['read', 'late']) {
    await talk(port, post('Content-Length: 4\r\n', body), {
      also: (socket) => void setTimeout(() => socket.destroy(), 50),
    })
  }
  await expect.poll(() => gone).toEqual(['read', 'late'])
})

test('who stays has not gone away, whatever follows', async () => {
  const signals: AbortSignal[] = []
  const port = await serve(async (request) => {
    signals.push(request.signal)
    await request.text(100)
    return text('')
  })
  await talk(port, post('Content-Length: 1\r\n', '1') + get('/', LAST))
  expect(signals.map(({ aborted }) => aborted)).toEqual([false, false])
})

test('what is said twice is heard as one, whatever Node makes of it', async () => {
  const names = ['origin', 'idempotency-key', 'authorization', 'content-type', 'x-none']
  const port = await serve((request) => json(names.map((name) => request.header(name) ?? null)))
  const twice = names.slice(0, 4).map((name) => `${name}: a\r\n${name}: b\r\n`)
  const said = await talk(port, get('/', twice.join('') + LAST))
  expect(JSON.parse(bodyOf(said))).toEqual(['a, b', 'a, b', 'a, b', 'a, b', null])
})

test.each([
  ['/a/b?c=d', 'http://x/a/b?c=d'],
  ['/a/../b', 'http://x/b'],
  ['/a"b', 'http://x/a%22b'],
  ["/a'?b='", "http://x/a'?b=%27"],
  ['http://y:80/b', 'http://y/b'],
  ['/a\\b', undefined],
  ['http://u:p@y/b', undefined],
  ['*', undefined],
])('the target %s is %s', async (target, url) => {
  const said = await talk(await serve((request) => text(request.url)), get(target, LAST))
  expect(statuses(said)).toEqual([url === undefined ? 404 : 200])
  if (url !== undefined) expect(bodyOf(said)).toBe(url)
})

test.each([
  ['x:8787', 'http://x:8787/'],
  ['X.Example', 'http://x.example/'],
  ['[::1]:80', 'http://[::1]/'],
  ['256.1.1.1', undefined],
  ['xn--a', undefined],
  ['x@y', undefined],
  ['x/y', undefined],
])('the host %s is %s', async (host, url) => {
  const port = await serve((request) => text(request.toWeb().url))
  const said = await talk(port, get('/', LAST).replace('Host: x', `Host: ${host}`))
  expect(statuses(said)).toEqual([url === undefined ? 404 : 200])
  if (url !== undefined) expect(bodyOf(said)).toBe(url)
})

test('a request of HTTP/1.0, as a load balancer looks at us by, needs no host', async () => {
  const said = await talk(await serve((request) => text(request.url)), 'GET /a HTTP/1.0\r\n\r\n')
  expect([statuses(said), bodyOf(said)]).toEqual([[200], 'http://localhost/a'])
})

test("the shop's functions get a request of the platform", async () => {
  let seen: Request | undefined
  const port = await serve(async (request) => {
    seen = request.toWeb()
    return text(await seen.text())
  })
  const said = await talk(port, post(`X-A: \xe4\r\nX-A: b\r\nContent-Length: 4\r\n${LAST}`, 'body'))
  expect(seen).toBeInstanceOf(Request)
  expect([seen?.method, seen?.url, seen?.headers.get('x-a')]).toEqual(['POST', 'http://x/', 'ä, b'])
  expect(bodyOf(said)).toBe('body')
})

const failing = async (): Promise<Answer> => {
  throw new Error('of somebody else')
}

test.each<[string, Handle, number[]]>([
  ['fails', failing, [500]],
  ['answers with what no header holds', () => ({ ...text(''), headers: { a: 'b\n' } }), []],
])('a function that %s breaks nothing else', async (_, handle, expected) => {
  const port = await serve((request: HttpRequest) =>
    request.path === '/' ? handle(request) : text('on'),
  )
  expect(statuses(await talk(port, get('/', LAST)))).toEqual(expected)
  expect(bodyOf(await talk(port, get('/on', LAST)))).toBe('on')
})

test('what somebody else has answered meanwhile is left as it is', async () => {
  const port = await serve(
    async () => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      return text('ours')
    },
    async (_, outgoing) => {
      outgoing.write('theirs')
      setTimeout(() => outgoing.end(' too'), 100)
    },
  )
  const said = await talk(port, get('/', LAST))
  expect(said).toContain('theirs')
  expect(said).toContain(' too')
  expect(said).not.toContain('ours')
})

test('a request of HTTP/2 is one like others', async () => {
  const answers = new NodeAnswers((request) =>
    request.method === 'GET' ? text(request.toWeb().url) : echo(request),
  )
  const server = createServer2((incoming, outgoing) => {
    // Node's own types say that they are something else.
    void answers.respond(
      incoming as unknown as IncomingMessage,
      outgoing as unknown as ServerResponse,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = connect2(url)
  onTestFinished(() => {
    client.destroy()
    server.close()
  })
  expect(await readText(client.request({ ':path': '/a' }))).toBe(`${url}/a`)
  const posted = client.request({ ':method': 'POST', 'content-type': 'application/json' })
  expect(await readText(posted.end('{"a":1}'))).toBe('{"a":1}')
})

test('a fetch of ours that somebody wrapped is asked as it is', async () => {
  const ours = fetchOf(async (request) => text(`${request.path} ${await request.text(10)}`))
  const wrapped = async (request: Request, env?: unknown) => {
    const response = await ours(request, env)
    response.headers.set('x-wrapped', 'yes')
    for (const cookie of ['a=1', 'b=2']) response.headers.append('set-cookie', cookie)
    return response
  }
  const said = await talk(
    await serve(handleOf(wrapped)),
    post(`Content-Length: 4\r\n${LAST}`, 'body'),
  )
  expect(said).toMatch(/^x-wrapped: yes\r$/m)
  expect(said.match(/^set-cookie: .*$/gm)).toEqual(['set-cookie: a=1', 'set-cookie: b=2'])
  expect(bodyOf(said)).toBe('/ body')
})
