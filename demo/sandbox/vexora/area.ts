import type { OrderBook } from '../core/order-book.js'
import type { Provider } from '../core/provider.js'
import { type ApiOptions, createApi } from './api.js'
import type { Checkout } from './fields.js'
import type { IpLedger } from './ip-limits.js'
import { notificationBody } from './notification.js'

/** Credentials that a merchant of the sandbox uses in one area. */
export interface Merchant {
  /** Ten digits. */
  merchantNo: string
  appSecret: string
}

/** What sets one area of Vexora apart: data over one implementation. */
export interface VexoraArea {
  /** `Provider.id`. */
  id: string
  /** `Taiwan` */
  name: string
  /** What an address of it begins with: `/vexora/taiwan`. */
  basePath: string
  /** What the proxy's variables of it begin with: `VEXORA_TAIWAN`. */
  prefix: string
  /** Variables besides the merchant's credentials, without the prefix. */
  settings: Readonly<Record<string, string>>
  /** @throws {Refusal} */
  parse(fields: Record<string, string>): Checkout
  /** What one payer address may do, where that is limited. */
  ledger?: IpLedger
  /** What the answer to a checkout says: the areas' examples differ. */
  answer: { namesTradeNo: boolean; desc: string }
}

export interface AreaOptions extends Pick<ApiOptions, 'nextFault' | 'now' | 'closed' | 'onCall'> {
  merchants: readonly [Merchant, ...Merchant[]]
  /** Milliseconds. */
  timestampWindow: number
  book: OrderBook
}

/** One cashier for all areas. */
const CASHIER_PATH = '/vexora/cashier'

/** Plays one area of Vexora. */
export function vexoraArea(area: VexoraArea, options: AreaOptions): Provider {
  const { merchants, book, timestampWindow, now } = options
  const [main] = merchants
  const secrets = new Map(merchants.map(({ merchantNo, appSecret }) => [merchantNo, appSecret]))

  return {
    id: area.id,
    brand: 'Vexora',
    area: area.name,
    basePath: area.basePath,
    api: createApi({
      ...options,
      rules: { secrets, timestampWindow, now },
      desk: { area, book, now },
      cashierPath: CASHIER_PATH,
    }),
    cashierPath: CASHIER_PATH,
    actions: ['approve', 'refuse', 'part'],
    settings: (origin) =>
      Object.fromEntries(
        Object.entries({
          BASE_URL: origin + area.basePath,
          MERCHANT_NO: main.merchantNo,
          APP_SECRET: main.appSecret,
          ...area.settings,
        }).map(([name, value]) => [`${area.prefix}_${name}`, value]),
      ),
    paymentBarrier: (order) =>
      (area.ledger?.maySucceed(order) ?? true)
        ? undefined
        : 'The payer’s IP address has had its successful payments of that day.',
    notification: (order, report, fault) =>
      notificationBody(order, report, secrets.get(order.merchantNo) ?? '', now(), fault),
    acknowledges: ({ status, body }) => status === 200 && body === 'OK',
  }
}
