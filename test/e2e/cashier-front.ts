import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface CashierFront {
  readonly url: string
  /** What every page of the cashier is sent with, besides its own headers. */
  headers: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** Stands before the sandbox, under an address of its own, so that a test can add headers. */
export async function startCashierFront(sandbox: string): Promise<CashierFront> {
  const server = createServer((incoming, outgoing) => {
    const { method, headers, url = '/' } = incoming
    const onward = request(new URL(url, sandbox), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, { ...answer.headers, ...front.headers })
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const front: CashierFront = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    headers: {},
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
  return front
}
