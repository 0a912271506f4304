import * as z from 'zod'
import { readAmount } from '../amount.js'
import { readAnswer } from '../answer.js'
import type { Created, PaymentNumbers, ProviderAnswer, Report } from '../provider.js'
import { ANSWERED, FAILED, INDEFINITE, STATUSES } from './statuses.js'

const text = z.string().trim()

/**
 * Both answers. The documents contradict themselves (a link under two names, numbers and booleans
 * typed as strings), so only what is used is read, and numbers as their own text.
 */
const answerSchema = z.object({
  code: text,
  data: z
    .object({
      tradeNo: text.nullish(),
      platFormTradeNo: text.nullish(),
      status: text.nullish(),
      amount: text.nullish(),
      /** In the table of fields. */
      paymentLink: text.nullish(),
      /** In the example beside that table. */
      paymentUrl: text.nullish(),
    })
    .nullish(),
})

/** An answer of `POST /v1/vexora/checkout`. */
export function readCreated(answer: ProviderAnswer, payment: PaymentNumbers): Created {
  const read = readAnswer(answer, answerSchema)
  if (!read) return { outcome: 'unknown', code: `http-${answer.status}` }
  const { code } = read
  const data = read.data ?? {}
  const providerReference = data.platFormTradeNo || undefined
  if (data.status === FAILED) return { outcome: 'refused', code: FAILED, providerReference }
  if (!INDEFINITE.has(code) && !providerReference) return { outcome: 'refused', code }
  const url = data.paymentLink || data.paymentUrl
  // The card route's answer names no `tradeNo`; one that names another is not about this payment.
  const isOurs = !data.tradeNo || data.tradeNo === payment.tradeNo
  if (code !== ANSWERED || !url || !isOurs) return { outcome: 'unknown', code, providerReference }
  return { outcome: 'accepted', next: { type: 'redirect', url }, providerReference }
}

/** An answer of `POST /v1/vexora/queryPayInResult`. */
export function readQueried(answer: ProviderAnswer): Report | undefined {
  const read = readAnswer(answer, answerSchema)
  const says = STATUSES.get(read?.data?.status ?? '')
  if (read?.code !== ANSWERED || !says) return undefined
  return {
    says,
    tradeNo: read.data?.tradeNo || undefined,
    providerReference: read.data?.platFormTradeNo || undefined,
    amount: readAmount(read.data?.amount ?? undefined),
  }
}
