import type { OrderBook } from '../core/order-book.js'
import type { Provider } from '../core/provider.js'
import { type ApiOptions, createApi } from './api.js'
import type { Ways } from './checkout-fields.js'
import { createIpLedger, type IpLimits } from './ip-limits.js'
import { notificationBody } from './notification.js'

/** Credentials that a merchant of the sandbox uses. */
export interface Merchant {
  /** Ten digits. */
  merchantNo: string
  appSecret: string
}

export interface VexoraTaiwanOptions
  extends Pick<ApiOptions, 'faults' | 'now' | 'closed' | 'onCall'> {
  merchants: readonly [Merchant, ...Merchant[]]
  ways: Ways
  ipLimits: IpLimits | 'off'
  /** Milliseconds. */
  timestampWindow: number
  book: OrderBook
}

const ID = 'vexora-taiwan'
const BASE_PATH = '/vexora/taiwan'
const CASHIER_PATH = '/vexora/cashier'

/** Plays Vexora's Taiwan area. */
export function vexoraTaiwan(options: VexoraTaiwanOptions): Provider {
  const { merchants, ways, book, timestampWindow, now } = options
  const [main] = merchants
  const secrets = new Map(merchants.map(({ merchantNo, appSecret }) => [merchantNo, appSecret]))
  const ledger = createIpLedger(options.ipLimits)
  const api = createApi({
    ...options,
    rules: { secrets, timestampWindow, now },
    desk: { provider: ID, book, ledger, ways, now },
    cashierPath: CASHIER_PATH,
  })

  return {
    id: ID,
    brand: 'Vexora',
    area: 'Taiwan',
    basePath: BASE_PATH,
    api,
    cashierPath: CASHIER_PATH,
    acknowledgement: 'OK',
    settings: (origin) => ({
      VEXORA_TAIWAN_BASE_URL: origin + BASE_PATH,
      VEXORA_TAIWAN_MERCHANT_NO: main.merchantNo,
      VEXORA_TAIWAN_APP_SECRET: main.appSecret,
      VEXORA_TAIWAN_WAYS: waysSetting(ways),
    }),
    paymentBarrier: (order) =>
      ledger.maySucceed(order)
        ? undefined
        : 'The payer’s IP address has had its successful payments of that day.',
    notification: (order, report, fault) =>
      notificationBody(order, report, secrets.get(order.merchantNo) ?? '', now(), fault),
  }
}

/** `NET_BANKING=BANK_TRANSFER;STORE=711:7-ELEVEN` */
function waysSetting(ways: Ways): string {
  return Object.entries(ways)
    .map(([channel, labels]) => {
      const codes = Object.entries(labels).map(([code, label]) =>
        label ? `${code}:${label}` : code,
      )
      return `${channel}=${codes.join(',')}`
    })
    .join(';')
}
