import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { HttpRequest } from './http-request.js'
import { readBody } from './node-body.js'

/** Of which Node keeps only the first, so that who reads another one could be told another thing. */
const KEPT_ONCE = new Set(['authorization', 'content-type'])

/** A request of `node:http`. */
export class NodeRequest extends HttpRequest {
  readonly method: string
  readonly url: string
  readonly losesCoding = false
  readonly #incoming: IncomingMessage
  readonly #outgoing: ServerResponse
  #signal: AbortSignal | undefined

  constructor(url: string, incoming: IncomingMessage, outgoing: ServerResponse) {
    super()
    this.method = incoming.method ?? 'GET'
    this.url = url
    this.#incoming = incoming
    this.#outgoing = outgoing
  }

  get env(): unknown {
    return { incoming: this.#incoming, outgoing: this.#outgoing }
  }

  get signal(): AbortSignal {
    this.#signal ??= whenGone(this.#incoming, this.#outgoing)
    return this.#signal
  }

  header(name: string): string | undefined {
    const value = this.#incoming.headers[name]
    if (typeof value !== 'string') return undefined
    return KEPT_ONCE.has(name) ? this.#all(name) : value
  }

  #all(name: string): string {
    const { rawHeaders } = this.#incoming
    const isValue = (_: string, at: number) =>
      at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name
    return rawHeaders.filter(isValue).join(', ')
  }

  text(most: number): Promise<string> {
    return readBody(this.#incoming, most)
  }

  toWeb(): Request {
    const { method, url, signal } = this
    const { rawHeaders } = this.#incoming
    const headers = new Headers()
    for (let at = 0; at < rawHeaders.length; at += 2) {
      const [name = '', value = ''] = rawHeaders.slice(at, at + 2)
      // Not the names that HTTP/2 has for the first line.
      if (!name.startsWith(':')) headers.append(name, value)
    }
    return new Request(url, { method, headers, signal, ...this.#unreadBody() })
  }

  #unreadBody(): RequestInit {
    const incoming = this.#incoming
    const isRead = incoming.readableDidRead || incoming.readableFlowing !== null
    if (this.method === 'GET' || this.method === 'HEAD' || isRead) return {}
    const body = Readable.toWeb(incoming) as ReadableStream<Uint8Array>
    // What a stream needs; the types of browsers do not know it.
    const streamed = { body, duplex: 'half' as const }
    return streamed
  }
}

/** An answer that has no turn yet, behind others on its connection, does not hear of its end. */
function whenGone(incoming: IncomingMessage, outgoing: ServerResponse): AbortSignal {
  const controller = new AbortController()
  const look = () => {
    const isGone = outgoing.destroyed || incoming.readableAborted
    if (isGone && !outgoing.writableFinished) controller.abort()
  }
  look()
  incoming.once('close', look)
  outgoing.once('close', look)
  return controller.signal
}
