import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Answer } from './answer.js'
import type { Handle } from './handle.js'
import { NodeRequest } from './node-request.js'
import { urlOf } from './node-url.js'
import { ProblemError, problem } from './problem.js'

/** Milliseconds in which what nobody reads of a request may still come once it is answered. */
const LEFTOVER = 500

/** The answers of a server of `node:http`, and what is to be answered still. */
export class NodeAnswers {
  readonly #handle: Handle
  readonly #unanswered = new Set<IncomingMessage>()
  #isOver = false

  constructor(handle: Handle) {
    this.#handle = handle
  }

  /** @returns `undefined` where it is answered already. */
  respond(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> | undefined {
    const url = urlOf(incoming)
    const answer =
      url === undefined
        ? problem(new ProblemError('not-found'))
        : this.#handle(new NodeRequest(url, incoming, outgoing))
    if (!(answer instanceof Promise)) {
      this.#send(answer, incoming, outgoing)
      return undefined
    }
    this.#unanswered.add(incoming)
    return answer.then(
      (answer) => {
        this.#unanswered.delete(incoming)
        this.#send(answer, incoming, outgoing)
      },
      // A function of the shop's that stands before ours failed.
      () => {
        this.#unanswered.delete(incoming)
        this.#send(problem(new ProblemError('internal')), incoming, outgoing)
      },
    )
  }

  /** Every answer from now on ends its connection, so that nobody sends another request on it. */
  sayFarewell(): void {
    this.#isOver = true
  }

  /** Cuts off whoever has not sent their request whole. */
  cutOff(): void {
    for (const incoming of this.#unanswered) if (!incoming.complete) incoming.destroy()
  }

  #send(answer: Answer, incoming: IncomingMessage, outgoing: ServerResponse): void {
    if (outgoing.destroyed || outgoing.headersSent) return
    if (this.#isOver) outgoing.setHeader('connection', 'close')
    if (!incoming.complete && hasBody(incoming)) endLeftover(incoming, outgoing)
    try {
      write(answer, incoming, outgoing)
    } catch {
      // Headers that are none, of a function that stands before ours.
      outgoing.destroy()
    }
  }
}

function write(
  { status, headers: single, cookies, body }: Answer,
  { method }: IncomingMessage,
  outgoing: ServerResponse,
): void {
  const headers = cookies?.length ? { ...single, 'set-cookie': cookies } : single
  if (body === null) {
    outgoing.writeHead(status, headers).end()
    return
  }
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length
  // In one go with the body, which Node sends in one packet with its head then.
  outgoing.writeHead(status, Object.assign({}, headers, { 'content-length': length }))
  if (method === 'HEAD') outgoing.end()
  else outgoing.end(body)
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
}

/** Lets the rest of a body come, so that its connection can be used again, but not for long. */
function endLeftover(incoming: IncomingMessage, outgoing: ServerResponse): void {
  outgoing.once('finish', () => {
    incoming.resume()
    const cut = () => {
      if (!incoming.complete) incoming.socket.destroy()
    }
    setTimeout(cut, LEFTOVER).unref()
  })
}
