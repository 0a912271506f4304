import type { Server } from 'node:http'
import { serve as serveHono } from '@hono/node-server'
import type { PayProxy } from './create-pay-proxy.js'

export interface Listening {
  /** Where it listens: `http://127.0.0.1:8787`. */
  url: string
  /** Takes no more requests, answers those in flight, ends every wait, closes the store. */
  close(): Promise<void>
}

/** Milliseconds that the last answers may take to leave. */
const FAREWELL = 500

/**
 * Listens on Node.
 *
 * @param port 0 for any free one.
 * @throws an error with the code `EADDRINUSE` where the port is taken.
 */
export function serve(
  pay: PayProxy,
  { host, port }: { host: string; port: number },
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serveHono({ fetch: pay.fetch, hostname: host, port }, (address) => {
      const name = host.includes(':') ? `[${host}]` : host
      resolve({ url: `http://${name}:${address.port}`, close: () => stop(server as Server, pay) })
    })
    server.once('error', reject)
  })
}

async function stop(server: Server, pay: PayProxy): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  await pay.close()
  // All is answered. What is left is idle, slow to read its answer, or still sending what nobody
  // waits for.
  server.closeIdleConnections()
  const farewell = setTimeout(() => server.closeAllConnections(), FAREWELL)
  await closed
  clearTimeout(farewell)
}
