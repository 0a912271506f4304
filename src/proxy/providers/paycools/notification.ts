import type { KeyObject } from 'node:crypto'
import * as z from 'zod'
import { readAmount } from '../amount.js'
import { readJson } from '../answer.js'
import type { Notification } from '../provider.js'
import { type SignAlgorithm, verify } from './signature.js'
import { STATUSES } from './statuses.js'

const envelopeSchema = z.object({ param: z.string(), sign: z.string() })

/** developers.paycools.co.id/en/payment/CollectionNotification.html */
const paramSchema = z.object({
  mchOrderId: z.string(),
  transactionId: z.string().nullish(),
  amount: z.string().nullish(),
  transactionStatus: z.string().nullish(),
  channelCode: z.string().nullish(),
})

/**
 * Reads `{"param": "…", "sign": "…"}`: verified over the raw text of `param` with PayCools' own
 * key, so that one signed by the merchant's key is none.
 */
export function readNotification(
  body: string,
  publicKey: KeyObject,
  algorithm: SignAlgorithm,
): Notification {
  const envelope = envelopeSchema.safeParse(readJson(body))
  if (!envelope.success) return { kind: 'unreadable' }
  const param = paramSchema.safeParse(readJson(envelope.data.param))
  if (!verify(envelope.data.param, envelope.data.sign, publicKey, algorithm)) {
    return { kind: 'unverified', tradeNo: param.data?.mchOrderId }
  }
  if (!param.success) return { kind: 'unreadable' }
  const { mchOrderId, transactionId, amount, transactionStatus, channelCode } = param.data
  return {
    kind: 'verified',
    report: {
      says: STATUSES.get(transactionStatus ?? '') ?? 'pending',
      tradeNo: mchOrderId,
      providerReference: transactionId || undefined,
      amount: readAmount(amount ?? undefined),
      channel: channelCode || undefined,
    },
  }
}
