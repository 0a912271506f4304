import type { OrderBook } from '../core/order-book.js'
import type { Provider } from '../core/provider.js'
import { type ApiOptions, createApi } from './api.js'
import { callbackBody } from './callback.js'

/** Credentials that a merchant of the sandbox uses. */
export interface ChingChingPayMerchant {
  apiKey: string
  apiSecret: string
  merchantId: string
}

export interface ChingChingPayOptions extends Pick<ApiOptions, 'nextFault' | 'closed' | 'onCall'> {
  merchant: ChingChingPayMerchant
  book: OrderBook
  now: () => number
}

const ID = 'chingchingpay'
export const CHINGCHINGPAY_PATH = '/chingchingpay/gateway'
const CASHIER_PATH = '/chingchingpay/link'

/** Plays ChingChingPay: its payment links, and what is assumed of the rest. */
export function chingChingPay({ merchant, book, now, ...options }: ChingChingPayOptions): Provider {
  const { apiKey, apiSecret, merchantId } = merchant
  return {
    id: ID,
    brand: 'ChingChingPay',
    basePath: CHINGCHINGPAY_PATH,
    api: createApi({
      ...options,
      credentials: { apiKey, apiSecret },
      desk: { provider: ID, merchantId, book, now },
      cashierPath: CASHIER_PATH,
    }),
    cashierPath: CASHIER_PATH,
    actions: ['approve', 'refuse', 'cancel'],
    settings: (origin) => ({
      CHINGCHINGPAY_BASE_URL: origin + CHINGCHINGPAY_PATH,
      CHINGCHINGPAY_API_KEY: apiKey,
      CHINGCHINGPAY_API_SECRET: apiSecret,
      CHINGCHINGPAY_MERCHANT_ID: merchantId,
    }),
    paymentBarrier: () => undefined,
    notification: callbackBody,
    // What a real one expects is not documented.
    acknowledges: ({ status }) => status === 200,
  }
}
