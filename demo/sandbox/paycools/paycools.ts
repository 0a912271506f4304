import * as z from 'zod'
import type { OrderBook } from '../core/order-book.js'
import type { Provider } from '../core/provider.js'
import { type ApiOptions, createApi } from './api.js'
import { createCounter } from './counter.js'
import type { Channel } from './create-code.js'
import { keyPairs } from './keys.js'
import { notificationBody } from './notification.js'
import type { SignAlgorithm } from './signature.js'

/** How PayCools behaves here; each of it differs or is not documented. */
export interface PayCoolsSettings {
  appId: string
  signAlgorithm: SignAlgorithm
  /** Milliseconds that a code lives: below zero it is over at once, `null` it has no end. */
  codeLifetime: number | null
}

/** What a merchant of the sandbox sets. */
export interface PayCoolsMerchant {
  baseUrl: string
  appId: string
  /** The merchant's own. */
  privateKey: string
  /** PayCools'. */
  publicKey: string
  signAlgorithm: SignAlgorithm
}

export interface PayCoolsOptions
  extends PayCoolsSettings,
    Pick<ApiOptions, 'nextFault' | 'closed' | 'onCall'> {
  /** Milliseconds. */
  timestampWindow: number
  book: OrderBook
  now: () => number
}

const ID = 'paycools'
const BASE_PATH = '/paycools'
const CASHIER_PATH = '/paycools/payment'
export const COUNTER_PATH = '/paycools/counter'

/** The channels of PayCools Indonesia's pages, and codes like its samples' `00012819`. */
const CHANNELS: Record<string, Channel> = {
  ALFAMART_VA: { label: 'Alfamart', prefix: '000', digits: 8 },
  BNI_VA: { label: 'BNI', prefix: '8558', digits: 16 },
  BRI_VA: { label: 'BRI', prefix: '1263', digits: 16 },
}

const acknowledgementSchema = z.object({ code: z.literal(10000), message: z.literal('Success') })

/** Plays PayCools Indonesia. */
export function payCools(options: PayCoolsOptions): Provider {
  const { appId, signAlgorithm: algorithm, codeLifetime, timestampWindow, book, now } = options
  const api = createApi({
    ...options,
    rules: {
      appId,
      publicKey: () => keyPairs().merchant.publicKey,
      algorithm,
      timestampWindow,
      now,
    },
    desk: { provider: ID, appId, channels: CHANNELS, codeLifetime, book, now },
  })
  api.route('/counter', createCounter({ provider: ID, book, cashierPath: CASHIER_PATH }))

  return {
    id: ID,
    brand: 'PayCools',
    area: 'Indonesia',
    basePath: BASE_PATH,
    api,
    cashierPath: CASHIER_PATH,
    actions: ['approve', 'refuse'],
    counterPath: COUNTER_PATH,
    settings: (origin) => {
      const { baseUrl, privateKey, publicKey } = payCoolsMerchant(origin, options)
      return {
        PAYCOOLS_BASE_URL: baseUrl,
        PAYCOOLS_APP_ID: appId,
        PAYCOOLS_PRIVATE_KEY: privateKey,
        PAYCOOLS_PUBLIC_KEY: publicKey,
        PAYCOOLS_SIGN_ALGORITHM: algorithm,
      }
    },
    paymentBarrier: () => undefined,
    notification: (order, report, fault) =>
      notificationBody(order, report, { keys: keyPairs(), algorithm }, fault),
    acknowledges: ({ status, body }) => status === 200 && isAcknowledgement(body),
  }
}

export function payCoolsMerchant(
  origin: string,
  { appId, signAlgorithm }: PayCoolsSettings,
): PayCoolsMerchant {
  const { merchant, payCools: own } = keyPairs()
  return {
    baseUrl: origin + BASE_PATH,
    appId,
    privateKey: merchant.privateKey,
    publicKey: own.publicKey,
    signAlgorithm,
  }
}

function isAcknowledgement(body: string): boolean {
  try {
    return acknowledgementSchema.safeParse(JSON.parse(body)).success
  } catch {
    return false
  }
}
