import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { freePort } from '../../free-port.js'
import type { Machine } from '../harness/machine.js'
import { launch } from '../harness/processes.js'
import { answers, type Served } from './start.js'

const PACKAGE = createRequire(import.meta.url).resolve('pay-button-proxy/package.json')
export const PROGRAM = join(dirname(PACKAGE), 'bin/pay-button-proxy.js')

/** The proxy as its operator runs it, and what only they know. */
export interface Program extends Served {
  orderSecret: string
  appSecret: string
}

/**
 * Starts the built program in test mode, which lets its provider be `http:` on this machine. The
 * card route has no limits for payers' addresses, which no load from one machine could keep.
 *
 * @param upstream the provider's base URL.
 */
export async function startProgram(
  machine: Machine,
  { databaseUrl, upstream }: { databaseUrl: string; upstream: string },
): Promise<Program> {
  const port = await freePort()
  const [orderSecret, appSecret] = [
    randomBytes(32).toString('hex'),
    randomBytes(16).toString('hex'),
  ]
  const url = `http://127.0.0.1:${port}`
  const running = launch('server', [PROGRAM], {
    env: {
      PAY_MODE: 'test',
      PAY_PORT: String(port),
      PAY_PUBLIC_URL: url,
      PAY_ORIGINS: 'http://localhost:8080',
      PAY_SECRET: randomBytes(32).toString('hex'),
      PAY_ORDER_SECRET: orderSecret,
      PAY_DATABASE_URL: databaseUrl,
      VEXORA_CARD_BASE_URL: upstream,
      VEXORA_CARD_MERCHANT_NO: '1234567890',
      VEXORA_CARD_APP_SECRET: appSecret,
      VEXORA_CARD_USER_ID: 'everybody',
    },
  })
  machine.onClose(() => running.stop())
  await answers(`${url}/readyz`, running)
  return { ...running, url, orderSecret, appSecret }
}
