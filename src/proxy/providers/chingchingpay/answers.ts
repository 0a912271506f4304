import * as z from 'zod'
import { readAnswer } from '../answer.js'
import type { Created, PaymentNumbers, ProviderAnswer, Report } from '../provider.js'
import { meaningOf, type StatusMap } from './statuses.js'

const text = z.string().trim()

const createdSchema = z.object({
  code: text,
  data: z
    .object({
      merchant_reference: text.nullish(),
      payment_id: text.nullish(),
      payment_link: text.nullish(),
    })
    .nullish(),
})

/** An answer of `POST /api/v1/payments/link`. No code for a refusal is documented. */
export function readCreated(
  answer: ProviderAnswer,
  payment: PaymentNumbers,
  successCode: string,
): Created {
  const read = readAnswer(answer, createdSchema)
  if (!read) return { outcome: 'unknown', code: `http-${answer.status}` }
  const { code, data } = read
  const url = data?.payment_link
  const providerReference = data?.payment_id || undefined
  const isOurs = !data?.merchant_reference || data.merchant_reference === payment.tradeNo
  if (code !== successCode || !url || !isOurs) {
    return { outcome: 'unknown', code, providerReference }
  }
  return { outcome: 'accepted', next: { type: 'redirect', url }, providerReference }
}

/** The name of the field that holds the status is not readable: `status`, else `result`. */
const queriedSchema = z.object({
  code: text,
  data: z
    .object({
      merchant_reference: text.nullish(),
      merchant_id: text.nullish(),
      amount: text.nullish(),
      currency: text.nullish(),
      status: text.nullish(),
      result: text.nullish(),
    })
    .nullish(),
})

/**
 * An answer of `POST /api/v1/payments/transactions/query`. Its `transaction_id` is called a payment
 * id by its own label, so it is not compared with the one of the link.
 */
export function readQueried(
  answer: ProviderAnswer,
  successCode: string,
  map: StatusMap,
): Report | undefined {
  const read = readAnswer(answer, queriedSchema)
  const word = read?.data?.status || read?.data?.result
  if (!read?.data || read.code !== successCode || !word) return undefined
  const { merchant_reference, merchant_id, amount, currency } = read.data
  return {
    says: meaningOf(word, map),
    tradeNo: merchant_reference || undefined,
    merchant: merchant_id || undefined,
    amount: readCents(amount),
    currency: currency || undefined,
  }
}

/** Minor units: an integer of cents. */
function readCents(cents: string | null | undefined): bigint | undefined {
  return cents && /^\d{1,15}$/.test(cents) ? BigInt(cents) : undefined
}
