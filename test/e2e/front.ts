import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Front {
  readonly port: number
  /** What every answer carries besides its own headers. */
  headers: Readonly<Record<string, string>>
  /** What it was asked, oldest first: `GET /pay/orders/A-1001`. */
  readonly asked: string[]
  /** Whether the connection breaks instead of an answer to this path. */
  breaks: (path: string) => boolean
  close(): Promise<void>
}

/**
 * Stands before a server of 127.0.0.1 under a port of its own, so that a test can say what goes
 * wrong between it and a browser.
 */
export async function startFront(target: number): Promise<Front> {
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url = '/' } = incoming
    front.asked.push(`${method} ${url}`)
    if (front.breaks(url)) {
      outgoing.destroy()
      return
    }
    const where = { host: '127.0.0.1', port: target, path: url }
    const onward = request({ ...where, method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...front.headers })
      answer.pipe(outgoing)
      answer.on('error', () => outgoing.destroy())
    })
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const front: Front = {
    port: (server.address() as AddressInfo).port,
    headers: {},
    asked: [],
    breaks: () => false,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
  return front
}
