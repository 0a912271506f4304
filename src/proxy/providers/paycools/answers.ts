import * as z from 'zod'
import type { Next } from '../../../contract/payment.js'
import { readAmount } from '../amount.js'
import { readAnswer } from '../answer.js'
import type { Created, PaymentNumbers, ProviderAnswer, Report } from '../provider.js'
import { ANSWERED, REFUSED, STATUSES } from './statuses.js'
import { readTime } from './times.js'

const text = z.string().trim()

/** The answers of both calls have one shape; numbers are read as their own text. */
const answerSchema = z.object({
  code: text,
  data: z
    .object({
      transactionId: text.nullish(),
      transactionAmount: text.nullish(),
      transactionStatus: text.nullish(),
      paymentCode: z
        .object({
          mchOrderId: text.nullish(),
          channelCode: text.nullish(),
          referenceNumber: text.nullish(),
          expireTime: text.nullish(),
        })
        .nullish(),
    })
    .nullish(),
})

type Answer = z.infer<typeof answerSchema>

/**
 * The code that the payer pays with. Leading zeros matter, its length varies.
 *
 * @param biller what the payer says at the counter, where the merchant knows it.
 */
function nextOf({ data }: Answer, biller: string | undefined): Next | undefined {
  const code = data?.paymentCode?.referenceNumber
  if (!code) return undefined
  return {
    type: 'code',
    code,
    ...(biller ? { biller } : {}),
    expiresAt: readTime(data?.paymentCode?.expireTime),
  }
}

/** An answer of `POST /open-api/dynamic/payment/code`. */
export function readCreated(
  answer: ProviderAnswer,
  payment: PaymentNumbers,
  biller: string | undefined,
): Created {
  const read = readAnswer(answer, answerSchema)
  if (!read) return { outcome: 'unknown', code: `http-${answer.status}` }
  const { code, data } = read
  if (REFUSED.has(code)) return { outcome: 'refused', code }
  const next = nextOf(read, biller)
  const providerReference = data?.transactionId || undefined
  const named = data?.paymentCode?.mchOrderId
  const isOurs = !named || named === payment.tradeNo
  if (code !== ANSWERED || !next || !isOurs) return { outcome: 'unknown', code, providerReference }
  return { outcome: 'accepted', next, providerReference }
}

/** An answer of `POST /open-api/dynamic/payment/code/check`; it may bring a code that was lost. */
export function readQueried(
  answer: ProviderAnswer,
  biller: string | undefined,
): Report | undefined {
  const read = readAnswer(answer, answerSchema)
  const data = read?.data
  const says = STATUSES.get(data?.transactionStatus ?? '')
  if (!read || read.code !== ANSWERED || !says) return undefined
  return {
    says,
    tradeNo: data?.paymentCode?.mchOrderId || undefined,
    providerReference: data?.transactionId || undefined,
    amount: readAmount(data?.transactionAmount ?? undefined),
    channel: data?.paymentCode?.channelCode || undefined,
    next: nextOf(read, biller),
  }
}
