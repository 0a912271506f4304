import { setTimeout as pause } from 'node:timers/promises'
import { Client, type ClientConfig } from 'pg'
import { CHANNEL, CLOCK } from './postgres-sql.js'

/** Milliseconds until a connection that broke is made again. */
const RECONNECT = 500
/** Milliseconds between two signs of life: a dead peer says nothing by itself. */
const HEARTBEAT = 15_000
/** Changes kept for a connection that is to be made again. */
const MOST_UNTOLD = 10_000

interface Listener {
  /** Another process changed a payment; `undefined`: some change may have been missed. */
  changed(paymentId: string | undefined): void
  /** The database's clock at this moment, milliseconds since the epoch. */
  time(now: number): void
}

/** Where the processes tell each other which payments they changed. */
export interface Channel {
  /** To be called after the commit. What gets lost on the way is found by those who look. */
  tell(paymentIds: ReadonlySet<string>): void
  /** Resolves when all is told and the connection is over. */
  close(): Promise<void>
}

/**
 * Listens and tells over a connection of its own, which is made again whenever it breaks: from
 * then on anything may have changed meanwhile.
 *
 * A commit that notifies holds a lock of the whole server until it is on disk, so that one waits
 * for the other. So none does: what they changed is told afterwards, all of it at once, and that
 * waits for no disk.
 *
 * @param config with a `query_timeout`, or a dead peer is never noticed.
 */
export function openChannel(config: ClientConfig, listener: Listener): Channel {
  return new PostgresChannel(config, listener)
}

class PostgresChannel implements Channel {
  readonly #config: ClientConfig
  readonly #listener: Listener
  readonly #closing = new AbortController()
  readonly #over: Promise<void>
  readonly #untold = new Set<string>()
  #client: Client | undefined
  #telling: Promise<void> | undefined

  constructor(config: ClientConfig, listener: Listener) {
    this.#config = config
    this.#listener = listener
    this.#over = this.#run()
  }

  tell(paymentIds: ReadonlySet<string>): void {
    for (const id of paymentIds) if (this.#untold.size < MOST_UNTOLD) this.#untold.add(id)
    this.#beginToTell()
  }

  async close(): Promise<void> {
    await this.#telling
    this.#closing.abort()
    await this.#over
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing
    while (!signal.aborted) {
      await this.#connectOnce(signal)
      await pause(RECONNECT, undefined, { signal, ref: false }).catch(() => {})
    }
  }

  /** Resolves when the connection is over. */
  async #connectOnce(closing: AbortSignal): Promise<void> {
    const client = new Client(this.#config)
    const broken = new AbortController()
    client.once('end', () => broken.abort())
    // `end` follows, or the query that fails says so.
    client.on('error', () => {})
    const over = AbortSignal.any([broken.signal, closing])
    try {
      await client.connect()
      await client.query('SET synchronous_commit TO off')
      const { rows } = await client.query<{ own: number }>('SELECT pg_backend_pid() AS own')
      client.on('notification', ({ processId, payload }) => {
        if (processId !== rows[0]?.own) this.#listener.changed(payload)
      })
      await client.query(`LISTEN ${CHANNEL}`)
      this.#client = client
      this.#listener.changed(undefined)
      this.#beginToTell()
      while (!over.aborted) {
        const { rows } = await client.query<{ now: string }>(`SELECT ${CLOCK} AS now`)
        this.#listener.time(Number(rows[0]?.now))
        await pause(HEARTBEAT, undefined, { signal: over, ref: false })
      }
    } catch {
      // The caller tries again.
    } finally {
      this.#client = undefined
      void client.end()
    }
  }

  /** What changes while one telling is under way goes with the next. */
  #beginToTell(): void {
    this.#telling ??= this.#tell().finally(() => {
      this.#telling = undefined
    })
  }

  async #tell(): Promise<void> {
    while (this.#client && this.#untold.size > 0) {
      const ids = [...this.#untold]
      this.#untold.clear()
      const notify = 'SELECT pg_notify($1, id) FROM unnest($2::text[]) AS id'
      await this.#client.query(notify, [CHANNEL, ids]).catch(() => {})
    }
  }
}
