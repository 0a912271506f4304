import { fromMinor } from '../../../contract/money.js'
import type { Field } from '../../../contract/offer.js'
import { type AmountLimits, withinLimits } from '../limits.js'
import { payerText } from '../payer.js'
import type { Provider, ProviderChannel, ProviderPayment } from '../provider.js'
import { type VexoraCredentials, vexoraProvider } from './route.js'

/** Channel codes of docs.vexora.com/guide/areas/taiwan/checkout. */
export const TAIWAN_CHANNELS = ['NET_BANKING', 'STORE', 'EWALLET'] as const
export type TaiwanChannel = (typeof TAIWAN_CHANNELS)[number]

export interface Way {
  code: string
  label: string
}

export interface VexoraTaiwanOptions extends VexoraCredentials, AmountLimits {
  /**
   * Vexora's wayCodes for each channel; a channel without one is not offered. The default holds
   * the two that the documents show; none is documented for `EWALLET`.
   */
  ways?: Partial<Record<TaiwanChannel, readonly Way[]>>
  /** Payments and successes a day for each payer's address: 10 and 3, documented; or `off`. */
  ipLimits?: { payments: number; successes: number } | 'off'
}

export const TAIWAN_WAYS: Partial<Record<TaiwanChannel, readonly Way[]>> = {
  NET_BANKING: [{ code: 'BANK_TRANSFER', label: 'BANK_TRANSFER' }],
  STORE: [{ code: '711', label: '7-ELEVEN' }],
}

/** Assumed: the documents say "a day" and Taiwan has one time zone, without summer time. */
const TAIPEI_UTC_OFFSET = 8

/** Lengths are ours: Vexora documents none. */
const PERSON: readonly Field[] = [
  { name: 'firstName', format: 'given-name', required: true, maxLength: 60 },
  { name: 'lastName', format: 'family-name', required: true, maxLength: 60 },
  { name: 'mobile', format: 'mobile-taiwan', required: true },
  { name: 'email', format: 'email', required: true, maxLength: 254 },
]

const CHANNELS: Record<TaiwanChannel, Pick<ProviderChannel, 'kind' | 'fields'>> = {
  NET_BANKING: {
    kind: 'bank-transfer',
    fields: [
      ...PERSON,
      { name: 'bankAccounts', format: 'bank-account-taiwan', required: true, maxItems: 5 },
    ],
  },
  STORE: {
    kind: 'convenience-store',
    fields: [
      ...PERSON,
      { name: 'postcode', format: 'postcode', required: true, minLength: 3, maxLength: 10 },
      { name: 'address', format: 'address', required: true, maxLength: 200 },
    ],
  },
  EWALLET: { kind: 'e-wallet', fields: PERSON },
}

/** Vexora Taiwan: bank transfer, convenience store and e-wallet in TWD, on a hosted cashier. */
export function taiwan(options: VexoraTaiwanOptions): Provider {
  const ways = options.ways ?? TAIWAN_WAYS
  const isAllowed = withinLimits(options)
  const limits = options.ipLimits ?? { payments: 10, successes: 3 }
  return vexoraProvider(
    {
      id: 'vexora-taiwan',
      payerIp: limits === 'off' ? {} : { limits: { ...limits, utcOffset: TAIPEI_UTC_OFFSET } },
      channels: TAIWAN_CHANNELS.filter((code) => ways[code]?.length).map((code) => ({
        code,
        flow: 'redirect',
        ...CHANNELS[code],
        ways: ways[code] ?? [],
        // "Integer only, unit: yuan".
        takes: ({ amount, currency }) =>
          currency === 'TWD' && amount % 100n === 0n && isAllowed(amount),
      })),
      fields: checkoutFields,
    },
    options,
  )
}

function checkoutFields(payment: ProviderPayment): Record<string, string | undefined> {
  const { payer } = payment
  return {
    amount: fromMinor(payment.amount),
    channelCode: payment.channel,
    wayCode: payment.way,
    ipAddress: payment.payerIp,
    firstname: payerText(payer, 'firstName'),
    lastname: payerText(payer, 'lastName'),
    mobile: payerText(payer, 'mobile'),
    email: payerText(payer, 'email'),
    postcode: payerText(payer, 'postcode'),
    address: payerText(payer, 'address'),
    bankNumber: [payer.bankAccounts ?? []].flat().join(','),
  }
}
