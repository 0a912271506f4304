import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Machine } from '../harness/machine.js'

/** The address that providers know the proxy by. */
export interface Gate {
  url: string
  /** When the last notification arrived, in milliseconds since the epoch. */
  notifiedAt: number
}

/** Pipes everything to the proxy, and looks at the clock when a notification arrives. */
export async function startGate(machine: Machine, port: number): Promise<Gate> {
  const agent = new Agent({ keepAlive: true })
  const server = createServer((incoming, response) => {
    const { method, url: path = '/', headers } = incoming
    if (path.startsWith('/notifications/')) {
      gate.notifiedAt = performance.timeOrigin + performance.now()
    }
    const onward = request({ agent, host: '127.0.0.1', port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => response.destroy())
    incoming.pipe(onward)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  machine.onClose(() => {
    agent.destroy()
    server.close()
    server.closeAllConnections()
  })
  const gate = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    notifiedAt: 0,
  }
  return gate
}
