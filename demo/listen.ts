import { once } from 'node:events'
import type { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'

/**
 * Serves the shop on loopback.
 *
 * @returns how to stop it, open event streams too.
 * @throws the system's error, such as `EADDRINUSE`.
 */
export async function listen(shop: Hono, port: number): Promise<() => Promise<void>> {
  const server = createAdaptorServer({ fetch: shop.fetch }) as Server
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return async () => {
    const closed = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await closed
  }
}
