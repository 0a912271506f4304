import type { ChannelKind, Field } from '../../../contract/offer.js'
import { withinLimits } from '../limits.js'
import { payerText } from '../payer.js'
import type { Provider, ProviderRequest } from '../provider.js'
import { readCreated, readQueried } from './answers.js'
import { isPair, KeyUnreadableError, readPrivateKey, readPublicKey } from './keys.js'
import { readNotification } from './notification.js'
import { type SignAlgorithm, sign } from './signature.js'

export interface PayCoolsChannel {
  /** PayCools' channelCode: `ALFAMART_VA`. */
  code: string
  /** A proper noun: `Alfamart`. */
  label: string
  kind: ChannelKind
}

export interface PayCoolsOptions {
  /** From PayCools: its pages print `{domain}`. */
  baseUrl: string
  appId: string
  /** The merchant's own: PEM or Base64 DER, PKCS#8 or PKCS#1. */
  privateKey: string
  /** PayCools' own, for its notifications. */
  publicKey: string
  channels?: readonly PayCoolsChannel[]
  signAlgorithm?: SignAlgorithm
  /** Whom the payer names at the counter; PayCools documents none. */
  biller?: string | undefined
}

/** The only codes on PayCools Indonesia's pages; its list of channels is not public. */
export const PAYCOOLS_CHANNELS: readonly PayCoolsChannel[] = [
  { code: 'ALFAMART_VA', label: 'Alfamart', kind: 'convenience-store' },
  { code: 'BNI_VA', label: 'BNI', kind: 'virtual-account' },
  { code: 'BRI_VA', label: 'BRI', kind: 'virtual-account' },
]

const FIELDS: readonly Field[] = [
  { name: 'fullName', format: 'full-name', required: true, maxLength: 100 },
  { name: 'email', format: 'email', required: true, maxLength: 254 },
]

/** Documented for every channel, in whole rupiah. */
const LIMITS = { min: '2000', max: '100000000' }

/** Known test host of a sibling product, developer.paycools.com. */
const TEST_HOSTS = ['globalapi-dev.paycools.com']

/**
 * PayCools Indonesia: a payment code in IDR, paid at a counter or by transfer; no cashier page.
 * developers.paycools.co.id/en/payment/Collection.html
 *
 * @throws {KeyUnreadableError} when a key cannot be read, or the public one is the merchant's.
 */
export function paycools(options: PayCoolsOptions): Provider {
  const { appId, biller } = options
  const baseUrl = options.baseUrl.replace(/\/+$/, '')
  const algorithm = options.signAlgorithm ?? 'RSA-SHA256'
  const privateKey = readPrivateKey(options.privateKey)
  const publicKey = readPublicKey(options.publicKey)
  if (isPair(privateKey, publicKey)) {
    throw new KeyUnreadableError('public', "is the merchant's own; PayCools' is needed")
  }
  const isAllowed = withinLimits(LIMITS)

  /** `param` is written once: what is signed is the very text that is sent. */
  const signed = (path: string, fields: Record<string, unknown>): ProviderRequest => {
    const param = JSON.stringify(fields)
    return {
      method: 'POST',
      url: baseUrl + path,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ appId, param, sign: sign(param, privateKey, algorithm) }),
    }
  }

  return {
    id: 'paycools',
    operator: 'PayCools',
    merchant: appId,
    baseUrl,
    testHosts: TEST_HOSTS,
    channels: (options.channels ?? PAYCOOLS_CHANNELS).map(({ code, label, kind }) => ({
      code,
      label,
      kind,
      flow: 'code',
      fields: FIELDS,
      takes: ({ amount, currency }) =>
        currency === 'IDR' && amount % 100n === 0n && isAllowed(amount),
    })),
    createRequest: (payment, now) =>
      signed('/open-api/dynamic/payment/code', {
        mchOrderId: payment.tradeNo,
        channelCode: payment.channel,
        // Whole rupiah, a JSON number: at most nine digits.
        amount: Number(payment.amount / 100n),
        email: payerText(payment.payer, 'email'),
        customerName: payerText(payment.payer, 'fullName'),
        notifyUrl: payment.notifyUrl,
        // So that the shop finds its order in PayCools' back office.
        remark: payment.order,
        timestamp: now,
      }),
    readCreated: (answer, payment) => readCreated(answer, payment, biller),
    queryRequest: ({ tradeNo }, now) =>
      signed('/open-api/dynamic/payment/code/check', { mchOrderId: tradeNo, timestamp: now }),
    readQueried: (answer) => readQueried(answer, biller),
    readNotification: ({ body }) => readNotification(body, publicKey, algorithm),
    acknowledgement: {
      contentType: 'application/json',
      body: '{"code":10000,"message":"Success"}',
    },
  }
}
