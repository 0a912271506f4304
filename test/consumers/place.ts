import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Sandbox, startSandbox } from '../../demo/dist/sandbox/index.js'
import { signOrder } from '../../src/proxy/dist/proxy/index.js'
import { proxyProgram } from '../e2e/proxy-program.js'
import { freePort } from '../free-port.js'

const BUILT = fileURLToPath(new URL('dist', import.meta.url))
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
}

export interface Place {
  /** Where the proxy serves buttons. */
  readonly endpoint: string
  readonly sandbox: Sandbox
  /** The port from which another program may serve a page of the shop. */
  readonly shopPort: number
  /** Where the shop's server places an order and answers with its token. */
  readonly orderUrl: string
  /** How many orders it placed. */
  placed(): number
  /** Serves a built page at the shop's address. */
  serve(name: string, render?: (html: string, search: string) => Promise<string>): Promise<Server>
  newOrder(): Promise<string>
  close(): Promise<void>
}

/** The providers, a proxy as a program, and the shop's own server. */
export async function openPlace(): Promise<Place> {
  const [payPort, shopPort] = await Promise.all([freePort(), freePort()])
  const endpoint = `http://127.0.0.1:${payPort}/pay`
  const orderSecret = randomBytes(32).toString('hex')
  let placed = 0
  const newOrder = () => {
    placed += 1
    const amount = { value: '188', currency: 'HKD' }
    return signOrder({ id: randomBytes(8).toString('hex'), amount }, orderSecret)
  }
  const orders = createServer(async (_, response) => response.end(await newOrder()))
  orders.listen(0, '127.0.0.1')
  await once(orders, 'listening')
  const sandbox = await startSandbox({ port: 0 })
  const proxy = proxyProgram({
    ...sandbox.environment,
    PAY_MODE: 'test',
    PAY_PORT: String(payPort),
    PAY_PUBLIC_URL: endpoint,
    PAY_ORIGINS: `http://127.0.0.1:${shopPort}`,
    PAY_SECRET: randomBytes(32).toString('hex'),
    PAY_ORDER_SECRET: orderSecret,
    PAY_DATABASE_URL: 'sqlite::memory:',
    PAY_QUERY_SCHEDULE: '1s',
  })
  await proxy.start()
  return {
    endpoint,
    sandbox,
    shopPort,
    orderUrl: `http://127.0.0.1:${(orders.address() as AddressInfo).port}/`,
    placed: () => placed,
    newOrder,
    async serve(name, render = async (html) => html) {
      const server = createServer(async (request, response) => {
        const { pathname, search } = new URL(request.url ?? '/', 'http://shop')
        if (pathname === '/order') return response.end(await newOrder())
        const file = pathname === '/' ? '/index.html' : pathname
        response.setHeader('content-type', TYPES[extname(file)] ?? 'text/plain')
        const content = readFileSync(`${BUILT}/${name}${file}`, 'utf8')
        return response.end(pathname === '/' ? await render(content, search) : content)
      }).listen(shopPort, '127.0.0.1')
      await once(server, 'listening')
      return server
    },
    async close() {
      orders.close()
      await proxy.stop()
      await sandbox.close()
    },
  }
}
