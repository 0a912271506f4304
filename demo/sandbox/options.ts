import type { ChingChingPayMerchant } from './chingchingpay/chingchingpay.js'
import type { PayCoolsSettings } from './paycools/paycools.js'
import type { Merchant } from './vexora/area.js'
import type { IpLimits } from './vexora/ip-limits.js'
import type { Ways } from './vexora/taiwan-fields.js'

/** Durations are milliseconds. */
export interface SandboxOptions {
  host?: string
  /** 0 for any free one. */
  port?: number
  /** Vexora Taiwan's. */
  merchants?: readonly [Merchant, ...Merchant[]]
  vexoraCard?: Merchant
  paycools?: Partial<PayCoolsSettings>
  chingchingpay?: ChingChingPayMerchant
  /** The wayCodes of each channel in Taiwan and their labels. */
  ways?: Ways
  /** Transactions and successes of one payer address a day in Taiwan. */
  ipLimits?: IpLimits | 'off'
  /** How far a request's timestamp may be from `now`. */
  timestampWindow?: number
  /** Gaps between the attempts of one notification. */
  retrySchedule?: readonly number[]
  /** How long a merchant may take to reply to a notification. */
  replyTimeout?: number
  /** Milliseconds since the epoch. */
  now?: () => number
}

const SECOND = 1000
const HOUR = 3600 * SECOND

export const DEFAULTS = {
  host: '127.0.0.1',
  port: 8788,
  merchants: [{ merchantNo: '9990000001', appSecret: 'sandbox-secret-that-everybody-knows' }],
  vexoraCard: { merchantNo: '9990000002', appSecret: 'sandbox-card-secret-that-everybody-knows' },
  paycools: {
    appId: 'sandbox-app',
    signAlgorithm: 'RSA-SHA256',
    // The documents' samples contradict each other: an hour is ours.
    codeLifetime: HOUR,
  },
  chingchingpay: {
    apiKey: 'sandbox-api-key',
    apiSecret: 'sandbox-api-secret-that-everybody-knows',
    merchantId: 'sandbox-merchant',
  },
  ways: {
    NET_BANKING: { BANK_TRANSFER: '' },
    STORE: { '711': '7-ELEVEN' },
    // Vexora publishes no wayCode for wallets: this one is the sandbox's own.
    EWALLET: { SANDBOX_WALLET: 'Sandbox Wallet' },
  },
  ipLimits: { transactions: 10, successes: 3 },
  // The documents name no window; a merchant's clock should at least be right.
  timestampWindow: 15 * 60 * SECOND,
  retrySchedule: [
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    30 * SECOND,
    HOUR,
    3 * HOUR,
    3 * HOUR,
    3 * HOUR,
  ],
  replyTimeout: 10 * SECOND,
  now: Date.now,
} as const satisfies Required<SandboxOptions>
