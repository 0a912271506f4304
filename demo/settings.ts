import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'

export type Environment = Record<string, string | undefined>

export interface DemoSettings {
  shop: { port: number; url: string }
  sandboxPort: number
  /** The providers that the environment configures itself; the sandbox plays the others. */
  ownProviders: readonly string[]
  /** The variables of `pay-button-proxy`, all but the provider's. */
  proxy: ProxyEnvironment
}

/** The variables that the shop and its proxy have to agree on, and the proxy's others. */
export type ProxyEnvironment = Environment &
  Record<'PAY_PUBLIC_URL' | 'PAY_ORDER_SECRET' | 'PAY_WEBHOOK_SECRET', string>

const port = (standard: number) => z.coerce.number().int().min(1).max(65_535).default(standard)

const portsSchema = z.object({
  DEMO_PORT: port(8080),
  PAY_PORT: port(8787),
  SANDBOX_PORT: port(8788),
})

/** A variable that the demo cannot use. */
export class SettingsError extends Error {}

/** Beside `dist`, where this runs from. */
export const DATA_FOLDER = fileURLToPath(new URL('../.data/', import.meta.url))

/**
 * What the environment says, and the demo's own defaults for what it does not. Secrets that it
 * does not say are new in each run.
 *
 * @throws {SettingsError} naming the variable.
 */
export function readSettings(environment: Environment): DemoSettings {
  const given = withoutBlank(environment)
  const ports = portsSchema.safeParse(given)
  if (!ports.success) {
    throw new SettingsError(`${String(ports.error.issues[0]?.path[0])} must be a port number.`)
  }
  const { DEMO_PORT, PAY_PORT, SANDBOX_PORT } = ports.data
  return {
    shop: { port: DEMO_PORT, url: `http://localhost:${DEMO_PORT}` },
    sandboxPort: SANDBOX_PORT,
    ownProviders: PROVIDERS.filter((prefix) => hasAny(given, prefix)),
    proxy: {
      PAY_MODE: 'test',
      PAY_PORT: String(PAY_PORT),
      PAY_PUBLIC_URL: `http://localhost:${PAY_PORT}/pay`,
      PAY_ORIGINS: `http://localhost:${DEMO_PORT},http://127.0.0.1:${DEMO_PORT}`,
      PAY_SECRET: secret(),
      PAY_ORDER_SECRET: secret(),
      PAY_SHOP_NAME: 'Mistridge Tea',
      PAY_DATABASE_URL: `sqlite:${DATA_FOLDER}pay-button.db`,
      PAY_WEBHOOK_URL: `http://127.0.0.1:${DEMO_PORT}/webhook`,
      PAY_WEBHOOK_SECRET: `whsec_${randomBytes(32).toString('base64')}`,
      ...given,
    },
  }
}

/** What the variables of a provider begin with. */
const PROVIDERS = ['VEXORA_TAIWAN_', 'VEXORA_CARD_', 'PAYCOOLS_', 'CHINGCHINGPAY_']

function hasAny(environment: Environment, prefix: string): boolean {
  return Object.keys(environment).some((name) => name.startsWith(prefix))
}

function withoutBlank(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value?.trim() ? [[name, value.trim()]] : [],
    ),
  )
}

function secret(): string {
  return randomBytes(32).toString('hex')
}
