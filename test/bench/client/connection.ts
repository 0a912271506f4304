import { connect, type Socket } from 'node:net'

export interface Answer {
  status: number
  body: string
}

const END_OF_HEAD = Buffer.from('\r\n\r\n')

/**
 * One HTTP connection, one request at a time. It reads just what the servers here send, a status
 * and a `content-length`, so that the client costs a fraction of what it measures.
 */
export class Connection {
  readonly #socket: Socket
  #received: Buffer[] = []
  #pending: { resolve(answer: Answer): void; reject(error: Error): void } | undefined

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true })
    this.#socket.on('data', (chunk) => this.#read(chunk))
    this.#socket.on('error', (error) => this.#pending?.reject(error))
    this.#socket.on('close', () => this.#pending?.reject(new Error('the server hung up')))
  }

  ask(request: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject }
      this.#socket.write(request)
    })
  }

  /** By a reset, so that no port is kept waiting. */
  close(): void {
    this.#pending = undefined
    this.#socket.resetAndDestroy()
  }

  #read(chunk: Buffer): void {
    this.#received.push(chunk)
    const whole = this.#received.length === 1 ? chunk : Buffer.concat(this.#received)
    const headLength = whole.indexOf(END_OF_HEAD)
    if (headLength < 0) return
    const head = whole.toString('latin1', 0, headLength)
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
    if (length === undefined) {
      this.#pending?.reject(new Error(`no content-length: ${head}`))
      return
    }
    const start = headLength + END_OF_HEAD.length
    if (whole.length < start + Number(length)) return
    this.#received = []
    const { resolve } = this.#pending ?? {}
    resolve?.({ status: Number(head.slice(9, 12)), body: whole.toString('utf8', start) })
  }
}

/** A request as it goes over the wire. */
export function http(
  method: 'GET' | 'POST',
  path: string,
  { headers = {}, body }: { headers?: Record<string, string>; body?: string } = {},
): Buffer {
  const lines = Object.entries({
    host: '127.0.0.1',
    ...headers,
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) }),
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`)
}
