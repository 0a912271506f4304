import { randomBytes } from 'node:crypto'
import type { Sandbox } from '../../demo/sandbox/index.js'
import type { Shop } from './shop.js'

/** What a program needs to pay at every provider of the sandbox, asking after payments each second. */
export function proxyEnvironment(options: {
  databaseUrl: string
  orderSecret: string
  sandbox: Sandbox
  apiKey?: string
  shop?: Shop
}): Record<string, string> {
  const { databaseUrl, orderSecret, sandbox, apiKey, shop } = options
  return {
    PAY_MODE: 'test',
    PAY_ORIGINS: 'http://localhost:8080',
    PAY_SECRET: randomBytes(32).toString('hex'),
    PAY_ORDER_SECRET: orderSecret,
    PAY_DATABASE_URL: databaseUrl,
    PAY_QUERY_SCHEDULE: '1s',
    PAY_TRUSTED_PROXIES: '127.0.0.1',
    VEXORA_CARD_USER_ID: 'everybody',
    ...(apiKey ? { PAY_API_KEY: apiKey } : {}),
    ...(shop ? { PAY_WEBHOOK_URL: shop.url, PAY_WEBHOOK_SECRET: shop.secret } : {}),
    ...sandbox.environment,
  }
}
