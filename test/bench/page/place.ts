import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { signOrder } from 'pay-button-proxy'
import type { Sandbox } from '../../../demo/dist/sandbox/index.js'
import { freePort } from '../../free-port.js'
import type { Machine } from '../harness/machine.js'
import { launch } from '../harness/processes.js'
import { PROGRAM } from '../servers/program.js'
import { answers } from '../servers/start.js'
import { type Gate, startGate } from './gate.js'

/** What an order knows of its payer, which is then not asked. */
type PayerAnswers = NonNullable<Parameters<typeof signOrder>[0]['payer']>

/** What a page needs to take a payment: a shop's server, the proxy, and providers. */
export interface Place {
  /** The shop's origin, without a slash. */
  shopUrl: string
  /** Where the proxy serves the script; of another origin than the shop's. */
  payUrl: string
  sandbox: Sandbox
  /** What the providers' notifications pass on their way to the proxy. */
  gate: Gate
  /** A token for a new order. */
  order(amount: { value: string; currency: string }, payer?: PayerAnswers): Promise<string>
  /** Has the shop answer `path` with this; scripts are told by their name. */
  put(path: string, body: string | Buffer): void
}

/** Its built module is outside of what the bench compiles. */
const SANDBOX = pathToFileURL(join(process.cwd(), 'demo/dist/sandbox/index.js')).href

export async function openPlace(machine: Machine): Promise<Place> {
  const { startSandbox }: typeof import('../../../demo/dist/sandbox/index.js') = await import(
    SANDBOX
  )
  const sandbox = await startSandbox({ port: 0, ipLimits: 'off' })
  machine.onClose(() => sandbox.close())
  const files = new Map<string, string | Buffer>()
  const shopUrl = await startShop(machine, files)
  const port = await freePort()
  const payUrl = `http://127.0.0.1:${port}`
  const gate = await startGate(machine, port)
  const orderSecret = randomBytes(32).toString('hex')
  const program = launch('server', [PROGRAM], {
    env: {
      ...sandbox.environment,
      PAY_MODE: 'test',
      PAY_PORT: String(port),
      PAY_PUBLIC_URL: gate.url,
      PAY_ORIGINS: shopUrl,
      PAY_SECRET: randomBytes(32).toString('hex'),
      PAY_ORDER_SECRET: orderSecret,
      PAY_SHOP_NAME: 'Mistridge Tea',
      PAY_DATABASE_URL: `sqlite:${join(machine.folder, 'page.db')}`,
      VEXORA_TAIWAN_IP_LIMITS: 'off',
    },
  })
  machine.onClose(() => program.stop())
  await answers(`${payUrl}/healthz`, program)
  let orders = 0
  return {
    shopUrl,
    payUrl,
    sandbox,
    gate,
    order(amount, payer = {}) {
      orders += 1
      return signOrder({ id: `B-${orders}`, amount, payer }, orderSecret)
    },
    put: (path, body) => void files.set(path, body),
  }
}

const TYPES: readonly (readonly [ending: string, type: string])[] = [
  ['.js', 'text/javascript'],
  ['.css', 'text/css'],
  ['', 'text/html; charset=utf-8'],
]

async function startShop(
  machine: Machine,
  files: ReadonlyMap<string, string | Buffer>,
): Promise<string> {
  const server = createServer(({ url = '/' }, response) => {
    const body = files.get(url)
    const [, type = ''] = TYPES.find(([ending]) => url.endsWith(ending)) ?? []
    response.writeHead(body ? 200 : 404, { 'content-type': type }).end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  machine.onClose(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://localhost:${(server.address() as AddressInfo).port}`
}
