import { setTimeout as pause } from 'node:timers/promises'
import { Client, type ClientConfig } from 'pg'
import { CHANNEL, CLOCK } from './postgres-sql.js'

/** Milliseconds until a connection that broke is made again. */
const RECONNECT = 500
/** Milliseconds between two signs of life: a dead peer says nothing by itself. */
const HEARTBEAT = 15_000

interface Listener {
  /** A payment changed; `undefined`: some change may have been missed. */
  changed(paymentId: string | undefined): void
  /** The database's clock at this moment, milliseconds since the epoch. */
  time(now: number): void
}

/**
 * Hears what every process announces, over a connection of its own, which is made again whenever
 * it breaks: from then on anything may have changed meanwhile.
 *
 * @param config with a `query_timeout`, or a dead peer is never noticed.
 * @returns ends it.
 */
export function listen(config: ClientConfig, listener: Listener): () => void {
  const closing = new AbortController()
  const run = async () => {
    while (!closing.signal.aborted) {
      await listenOnce(config, listener, closing.signal)
      await pause(RECONNECT, undefined, { signal: closing.signal, ref: false }).catch(() => {})
    }
  }
  void run()
  return () => closing.abort()
}

/** Resolves when the connection is over. */
async function listenOnce(
  config: ClientConfig,
  { changed, time }: Listener,
  closing: AbortSignal,
): Promise<void> {
  const client = new Client(config)
  const broken = new AbortController()
  client.once('end', () => broken.abort())
  // `end` follows, or the query that fails says so.
  client.on('error', () => {})
  client.on('notification', ({ payload }) => changed(payload))
  const over = AbortSignal.any([broken.signal, closing])
  try {
    await client.connect()
    await client.query(`LISTEN ${CHANNEL}`)
    changed(undefined)
    while (!over.aborted) {
      const { rows } = await client.query<{ now: string }>(`SELECT ${CLOCK} AS now`)
      time(Number(rows[0]?.now))
      await pause(HEARTBEAT, undefined, { signal: over, ref: false })
    }
  } catch {
    // The caller tries again.
  } finally {
    void client.end()
  }
}
