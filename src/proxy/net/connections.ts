import { type buildConnector, Client } from 'undici'

/** Milliseconds by which an idle connection ends before the other side's promise. */
const MARGIN = 1_000

/** The other side went away; our own time-outs, aborts and closings have other codes. */
const PEER_CLOSED = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'])

/**
 * The connections to one origin, each for one call at a time.
 *
 * A call written to a used connection that the other side is just closing has an unknown outcome,
 * and nothing tells it from one that was read. So a connection is used again only where that
 * cannot be: its last answer promised to keep it (`Keep-Alive: timeout`), longer than it was idle,
 * by an origin that has been seen to keep such a promise and never to break one. Every other call
 * has a connection of its own.
 */
export class Connections {
  readonly #origin: string
  readonly #connect: buildConnector.connector
  readonly #mostIdle: number
  readonly #open = new Set<Client>()
  readonly #promised = new WeakSet<Client>()
  #idle: Client[] = []
  #word: 'untried' | 'kept' | 'broken' = 'untried'

  /** @param mostIdle milliseconds that an idle connection is kept at most. */
  constructor(origin: string, connect: buildConnector.connector, mostIdle: number) {
    this.#origin = origin
    this.#connect = connect
    this.#mostIdle = mostIdle
  }

  /** A connection on which the next call cannot be lost unread. */
  take(): Client {
    return (this.#word === 'kept' ? this.#idle.pop() : undefined) ?? this.#create()
  }

  /** After an answer that was read to its end. @param keepAlive its `Keep-Alive` header. */
  giveBack(connection: Client, keepAlive: string | string[] | undefined): void {
    // One is enough to see whether the origin keeps its word.
    const isWanted = this.#word === 'kept' || (this.#word === 'untried' && this.#idle.length === 0)
    if (isWanted && promise(keepAlive) > MARGIN) {
      this.#promised.add(connection)
      this.#idle.push(connection)
    } else this.drop(connection)
  }

  drop(connection: Client): void {
    this.#open.delete(connection)
    // Whatever was in flight on it has been told already.
    connection.destroy().catch(() => {})
  }

  /** Resolves when the calls in flight have ended. */
  async close(): Promise<void> {
    await Promise.all([...this.#open].map((connection) => connection.close()))
  }

  #create(): Client {
    const connection = new Client(this.#origin, {
      connect: this.#connect,
      keepAliveTimeout: this.#mostIdle,
      keepAliveMaxTimeout: this.#mostIdle,
      keepAliveTimeoutThreshold: MARGIN,
      pipelining: 1,
    })
    connection.on('disconnect', (_origin, _targets, error) => this.#ended(connection, error))
    this.#open.add(connection)
    return connection
  }

  #ended(connection: Client, error: Error): void {
    const isIdle = this.#idle.includes(connection)
    if (this.#promised.has(connection) && PEER_CLOSED.has(errorCode(error))) this.#word = 'broken'
    else if (isIdle && this.#word === 'untried') this.#word = 'kept'
    if (!isIdle) return
    this.#idle = this.#idle.filter((each) => each !== connection)
    this.drop(connection)
  }
}

/** Milliseconds for which an answer promises to keep its connection; 0 if it does not say. */
function promise(keepAlive: string | string[] | undefined): number {
  const seconds = /(?:^|[\s,])timeout=(\d{1,6})/i.exec(String(keepAlive ?? ''))?.[1]
  return Number(seconds ?? 0) * 1_000
}

function errorCode(error: Error): string {
  return 'code' in error ? String(error.code) : ''
}
