import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** In front of the sandbox: counts what is asked of each payment, and holds it up. */
export interface Gate {
  origin: string
  /** The most calls that were under way at once for one number, by the path's last part. */
  mostAtOnce(call: string): number
  /** Milliseconds that each call is held up before it reaches the sandbox. */
  slowness: number
  close(): Promise<void>
}

/** @param target the sandbox's origin. */
export async function startGate(target: string): Promise<Gate> {
  const atOnce = new Map<string, number>()
  const most = new Map<string, number>()
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString('utf8')
    const call = new URL(request.url ?? '/', target).pathname.split('/').at(-1) ?? ''
    const key = `${call} ${/"tradeNo":"(\w+)"/.exec(body)?.[1]}`
    atOnce.set(key, (atOnce.get(key) ?? 0) + 1)
    most.set(call, Math.max(most.get(call) ?? 0, atOnce.get(key) ?? 0))
    await pause(gate.slowness)
    const answer = await fetch(target + request.url, {
      method: request.method ?? 'GET',
      headers: passedOn(request.headers),
      body,
    })
    const text = await answer.text()
    atOnce.set(key, (atOnce.get(key) ?? 1) - 1)
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? '',
    })
    response.end(text)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const gate: Gate = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mostAtOnce: (call) => most.get(call) ?? 0,
    slowness: 0,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return gate
}

/** All but what is about the connection. */
function passedOn(headers: IncomingHttpHeaders): [string, string][] {
  return Object.entries(headers)
    .filter(([name]) => !['connection', 'content-length', 'host', 'keep-alive'].includes(name))
    .map(([name, value]) => [name, String(value)])
}
