import { readAmount } from '../amount.js'
import { type FlatValue, readFlatJson } from '../flat-json.js'
import type { Notification } from '../provider.js'
import { verify } from './signature.js'
import { STATUSES } from './statuses.js'

/**
 * Fields that we send and no notification brings. Vexora joins its signed pairs without a
 * separator, so the text signed for our request could be cut into other pairs and sent to us as a
 * notification; without these it cannot be cut at all.
 */
const FIELDS_OF_OURS = new Set([
  'notifyUrl',
  'returnUrl',
  'email',
  'firstname',
  'lastname',
  'mobile',
  'ipAddress',
  'postcode',
  'address',
  'bankNumber',
  'userId',
  'currency',
])

/**
 * Reads and verifies a notification: docs.vexora.com/guide/areas/myanmar/paymentNotify, assumed
 * for Taiwan too. The signature covers every field that came, known or not.
 */
export function readNotification(body: string, appSecret: string): Notification {
  const members = readFlatJson(body)
  if (members === 'not-json') return { kind: 'unreadable' }
  if (members === 'not-flat') return { kind: 'unverified', tradeNo: tradeNoOf(JSON.parse(body)) }
  const fields = textsOf(members)
  const tradeNo = fields.tradeNo
  if (isRecut(members) || !verify(fields, appSecret)) return { kind: 'unverified', tradeNo }
  if (!tradeNo) return { kind: 'unreadable' }
  return {
    kind: 'verified',
    report: {
      says: STATUSES.get(fields.status ?? '') ?? 'pending',
      tradeNo,
      providerReference: fields.platFormTradeNo || undefined,
      amount: readAmount(fields.amount),
      channel: fields.channelCode || undefined,
    },
  }
}

function textsOf(members: Map<string, FlatValue>): Record<string, string> {
  // Without a prototype, so that no name of a field is anything else's.
  const texts: Record<string, string> = Object.create(null)
  for (const [name, { type, text }] of members) texts[name] = type === 'null' ? '' : text
  return texts
}

function isRecut(members: Map<string, FlatValue>): boolean {
  return [...members].some(
    ([name, { text }]) =>
      FIELDS_OF_OURS.has(name) || name.includes('=') || (name !== 'message' && text.includes('=')),
  )
}

function tradeNoOf(json: unknown): string | undefined {
  const tradeNo = typeof json === 'object' && json !== null && 'tradeNo' in json && json.tradeNo
  return typeof tradeNo === 'string' ? tradeNo : undefined
}
