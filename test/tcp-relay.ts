import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Stands between a client and a server, to do to their connections what networks do. */
export interface TcpRelay {
  port: number
  /** From now on nothing passes, and nobody is told. */
  silence(): void
  /** What is connected from now on passes again; what was before stays silent. */
  restore(): void
  close(): Promise<void>
}

/** @param target the server's port on loopback. */
export async function startTcpRelay(target: number): Promise<TcpRelay> {
  let isSilent = false
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('data', (data) => sockets.has(from) && !isSilent && to.write(data))
      from.on('error', () => to.destroy())
      from.on('close', () => to.destroy())
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    silence() {
      isSilent = true
    },
    restore() {
      sockets.clear()
      isSilent = false
    },
    async close() {
      server.close()
    },
  }
}
