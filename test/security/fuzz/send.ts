import { connect } from 'node:net'
import { SHOP } from '../../proxy/requests.js'

/** One request, as bytes would have it: nothing here has to be well formed. */
export interface FuzzedRequest {
  method: string
  /** From `/` on. */
  target: string
  headers: [name: string, value: string][]
  body: string
  /** Over a socket as it is, or handed to `pay.fetch` where a `Request` can be made of it. */
  by: 'socket' | 'fetch'
  /** How the bytes go out; only of sockets. */
  delivery: 'whole' | 'in pieces' | 'cut off' | 'reset' | 'chunked'
}

export interface Answer {
  status: number
  headers: Headers
  body: string
  /** Everything that came, for a search. */
  raw: string
}

/** Milliseconds; far more than any answer takes, and less than a hang. */
export const BOUND = 30_000

/** @returns nothing where the other side hung up without a word. */
export async function sendBySocket(
  port: number,
  request: FuzzedRequest,
): Promise<Answer | undefined> {
  const raw = await new Promise<string>((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1')
    const hung = setTimeout(() => {
      socket.destroy()
      reject(new Error(`no answer within ${BOUND} ms`))
    }, BOUND)
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', () => {})
    socket.on('close', () => {
      clearTimeout(hung)
      resolve(Buffer.concat(chunks).toString('latin1'))
    })
    socket.on('connect', () => void deliver(request, socket))
  })
  return raw === '' ? undefined : parse(raw)
}

async function deliver(
  { method, target, headers, body, delivery }: FuzzedRequest,
  socket: ReturnType<typeof connect>,
): Promise<void> {
  const bytes = Buffer.from(body, 'utf8')
  const length = delivery === 'cut off' ? bytes.length + 10 : bytes.length
  const framing =
    delivery === 'chunked' ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`
  const head = [
    `${method} ${target} HTTP/1.1`,
    'Host: shop.example',
    'Connection: close',
    framing,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    '',
    '',
  ].join('\r\n')
  // Each character as one byte, so that invalid UTF-8 leaves as such.
  socket.write(Buffer.from(head, 'latin1'))
  if (delivery === 'reset') {
    socket.resetAndDestroy()
    return
  }
  if (delivery === 'in pieces') {
    const middle = Math.floor(bytes.length / 2)
    socket.write(bytes.subarray(0, middle))
    await new Promise((resolve) => setTimeout(resolve, 5))
    socket.write(bytes.subarray(middle))
  } else if (delivery === 'chunked') {
    if (bytes.length > 0) {
      socket.write(`${bytes.length.toString(16)}\r\n`)
      socket.write(bytes)
      socket.write('\r\n')
    }
    socket.write('0\r\n\r\n')
  } else socket.write(bytes)
  if (delivery === 'cut off') socket.end()
}

const INTERIM = /^(?:HTTP\/1\.1 1\d\d [^\r]*\r\n\r\n)+/

function parse(received: string): Answer {
  const raw = received.replace(INTERIM, '')
  const end = raw.indexOf('\r\n\r\n')
  const [statusLine = '', ...lines] = raw.slice(0, end).split('\r\n')
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1])
  // An answer that is cut into two by what the request said is no answer of ours.
  if (Number.isNaN(status)) throw new Error(`not an answer: ${JSON.stringify(statusLine)}`)
  const headers = new Headers(
    lines.map((line): [string, string] => {
      const at = line.indexOf(':')
      return [line.slice(0, at), line.slice(at + 1).trim()]
    }),
  )
  const rest = raw.slice(end + 4)
  const text = headers.get('transfer-encoding') === 'chunked' ? unchunk(rest) : rest
  return { status, headers, body: Buffer.from(text, 'latin1').toString('utf8'), raw }
}

function unchunk(text: string): string {
  const [, size = '0'] = /^([0-9a-f]+)\r\n/i.exec(text) ?? []
  const length = Number.parseInt(size, 16)
  if (length === 0) return ''
  const start = size.length + 2
  return text.slice(start, start + length) + unchunk(text.slice(start + length + 2))
}

/** @returns nothing where no `Request` can be made of it: only a socket takes that. */
export function toRequest({ method, target, headers, body }: FuzzedRequest): Request | undefined {
  try {
    const url = new URL(target, SHOP)
    const hasBody = method !== 'GET' && method !== 'HEAD'
    return new Request(url, { method, headers, ...(hasBody ? { body } : {}) })
  } catch {
    return undefined
  }
}

export async function sendByFetch(
  fetch: (request: Request) => Promise<Response>,
  request: Request,
): Promise<Answer> {
  const response = await within(fetch(request))
  const text = await within(response.text())
  const head = [...response.headers].map((pair) => pair.join(': ')).join('\n')
  return {
    status: response.status,
    headers: response.headers,
    body: text,
    raw: `${head}\n\n${text}`,
  }
}

async function within<T>(work: Promise<T>): Promise<T> {
  let hung: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    hung = setTimeout(() => reject(new Error(`no answer within ${BOUND} ms`)), BOUND)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(hung))
}
