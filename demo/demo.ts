import { mkdirSync } from 'node:fs'
import { configure, createPayProxy, type Logger, signOrder } from 'pay-button-proxy'
import { serve } from 'pay-button-proxy/node'
import { listen } from './listen.js'
import { type Sandbox, startSandbox } from './sandbox/index.js'
import { DATA_FOLDER, type DemoSettings, type Environment, readSettings } from './settings.js'
import { signEndedOrder } from './shop/playground/ended-order.js'
import { createShop } from './shop/shop.js'

export interface Demo {
  /** The shop: the address to open. */
  url: string
  /** What plays the providers that the environment does not configure itself. */
  sandbox: Sandbox
  /** Those that it does: payments really go there. */
  ownProviders: readonly string[]
  close(): Promise<void>
}

/** A port that something else listens on. */
export class PortInUseError extends Error {
  constructor(port: number, variable: string) {
    super(`Port ${port} is in use: set ${variable} to another one.`)
  }
}

/**
 * Starts the shop, its proxy and the sandbox on loopback.
 *
 * @throws {SettingsError | ConfigurationError} naming a variable that cannot be used.
 * @throws {PortInUseError}
 */
export async function startDemo(environment: Environment): Promise<Demo> {
  const settings = readSettings(environment)
  const stops: (() => Promise<void>)[] = []
  const close = async () => {
    for (const stop of stops.splice(0).reverse()) await stop()
  }
  try {
    const sandbox = await sandboxOf(settings)
    stops.push(() => sandbox.close())
    stops.push(await shopOf(settings, sandbox))
    stops.push(await proxyOf(settings, sandbox))
    return { url: settings.shop.url, sandbox, ownProviders: settings.ownProviders, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The provider's daily limit for each payer would end the demo after three purchases. */
const NO_IP_LIMITS = 'off'

async function sandboxOf({ sandboxPort: port }: DemoSettings): Promise<Sandbox> {
  return claim(port, 'SANDBOX_PORT', startSandbox({ port, ipLimits: NO_IP_LIMITS }))
}

async function shopOf(
  { shop, proxy, ownProviders }: DemoSettings,
  sandbox: Sandbox,
): Promise<() => Promise<void>> {
  const sandboxed = ownProviders.length === 0
  const [orderSecret = ''] = proxy.PAY_ORDER_SECRET.split(' ')
  const app = createShop({
    payUrl: proxy.PAY_PUBLIC_URL,
    signOrder: (order) => signOrder(order, orderSecret),
    webhookSecret: proxy.PAY_WEBHOOK_SECRET,
    sandboxed,
    playground: {
      sandbox: sandboxed ? sandbox : undefined,
      signEndedOrder: (order) => signEndedOrder(order, orderSecret),
    },
  })
  return claim(shop.port, 'DEMO_PORT', listen(app, shop.port))
}

async function proxyOf(
  { proxy, ownProviders }: DemoSettings,
  sandbox: Sandbox,
): Promise<() => Promise<void>> {
  mkdirSync(DATA_FOLDER, { recursive: true })
  const played = { ...sandbox.environment, VEXORA_TAIWAN_IP_LIMITS: NO_IP_LIMITS }
  const { options, host, port } = configure({ ...without(played, ownProviders), ...proxy })
  const pay = createPayProxy({ ...options, log: logOf(ownProviders) })
  try {
    const { close } = await claim(port, 'PAY_PORT', serve(pay, { host, port }))
    return close
  } catch (error) {
    await pay.close()
    throw error
  }
}

function without(environment: Environment, prefixes: readonly string[]): Environment {
  const isKept = (name: string) => !prefixes.some((prefix) => name.startsWith(prefix))
  return Object.fromEntries(Object.entries(environment).filter(([name]) => isKept(name)))
}

/** Only what somebody should look at: the address to open stays in sight. */
function logOf(ownProviders: readonly string[]): Logger {
  const say: Logger['error'] = (fields, message) => console.error(`proxy: ${message}`, fields)
  // What the proxy warns of is for who goes live, not for a sandbox.
  return {
    info: () => undefined,
    warn: ownProviders.length > 0 ? say : () => undefined,
    error: say,
  }
}

async function claim<T>(port: number, variable: string, listening: Promise<T>): Promise<T> {
  return listening.catch((error: unknown) => {
    const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    throw inUse ? new PortInUseError(port, variable) : error
  })
}
