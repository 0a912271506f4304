import { type AmountLimits, withinLimits } from '../limits.js'
import type { Provider, ProviderRequest } from '../provider.js'
import { readCreated, readQueried } from './answers.js'
import { type SignEncoding, sign } from './signature.js'
import { STATUS_MAP, type StatusMap } from './statuses.js'

export interface ChingChingPayOptions {
  /** Production's is not published; the test system's is in the documents. */
  baseUrl: string
  /** Header `x-api-key`. */
  apiKey: string
  /** Keys the signature; whether it is the API key itself is not readable in the documents. */
  apiSecret: string
  merchantId: string
  storeId?: string | undefined
  /** `link` or `checkout`; what they mean is not documented, so it is not sent by default. */
  paymentType?: 'link' | 'checkout' | undefined
  currencies?: readonly string[]
  signEncoding?: SignEncoding
  /** The `code` of an answer that succeeded: assumed 0, which is only the documents' placeholder. */
  successCode?: string
  statusMap?: StatusMap
  cashierHosts?: readonly string[] | undefined
  /** ChingChingPay has confirmed the assumptions; without it live mode does not start. */
  confirmed?: boolean
}

/** Documented for direct transactions: HK$0.10. For links no minimum is given; assumed the same. */
const LIMITS: AmountLimits = { min: '0.10' }

const TEST_HOSTS = ['test-api.chingchingpay.com']

/** What is built on a guess until the provider says otherwise. */
const ASSUMPTIONS = [
  'x-signature is over the raw body',
  'how x-signature is encoded',
  'the code of success',
  'the words of a status',
]

/** ChingChingPay: a payment link in HKD or CNY, on a hosted page that asks the payer for all. */
export function chingchingpay(options: ChingChingPayOptions): Provider {
  const { apiKey, apiSecret, merchantId, storeId, paymentType, cashierHosts } = options
  const baseUrl = options.baseUrl.replace(/\/+$/, '')
  const currencies = options.currencies ?? ['HKD', 'CNY']
  const successCode = options.successCode ?? '0'
  const statusMap = options.statusMap ?? STATUS_MAP
  const isAllowed = withinLimits(LIMITS)

  const signed = (path: string, fields: Record<string, unknown>): ProviderRequest => {
    const body = JSON.stringify(fields)
    return {
      method: 'POST',
      url: baseUrl + path,
      headers: {
        'content-type': 'application/json',
        'x-api-key': apiKey,
        'x-signature': sign(body, apiSecret, options.signEncoding ?? 'hex'),
      },
      body,
    }
  }

  return {
    id: 'chingchingpay',
    operator: 'ChingChingPay',
    merchant: merchantId,
    baseUrl,
    testHosts: TEST_HOSTS,
    assumptions: options.confirmed ? [] : ASSUMPTIONS,
    secretAddress: true,
    ...(cashierHosts ? { cashierHosts } : {}),
    channels: [
      {
        code: 'LINK',
        kind: 'payment-link',
        flow: 'redirect',
        fields: [],
        // A link for any browser of the payer: the request names neither device nor address.
        portable: true,
        takes: ({ amount, currency }) => currencies.includes(currency) && isAllowed(amount),
      },
    ],
    createRequest: (payment) =>
      signed('/api/v1/payments/link', {
        // Cents, a JSON number: at most 14 digits.
        amount: Number(payment.amount),
        currency: payment.currency,
        merchant_id: merchantId,
        merchant_reference: payment.tradeNo,
        callback_url: payment.notifyUrl,
        complete_url: payment.returnUrl,
        cancel_url: payment.returnUrl,
        description: payment.description,
        store_id: storeId,
        payment_type: paymentType,
      }),
    readCreated: (answer, payment) => readCreated(answer, payment, successCode),
    queryRequest: ({ tradeNo }) =>
      signed('/api/v1/payments/transactions/query', { merchant_reference: tradeNo }),
    readQueried: (answer) => readQueried(answer, successCode, statusMap),
    // Nothing of a callback is documented: who knows its address may ask us to look, no more.
    readNotification: ({ tradeNo }) =>
      tradeNo === undefined ? { kind: 'unverified', tradeNo } : { kind: 'trigger', tradeNo },
    acknowledgement: { contentType: 'application/json', body: '{"code":0,"message":"success"}' },
  }
}
