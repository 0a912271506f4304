import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import * as z from 'zod'
import { PAYMENT_STATUSES } from '../../contract/payment.js'
import { json } from '../http/json.js'
import { ProblemError } from '../http/problem.js'
import { toPayment } from '../payments/view.js'
import type { Services } from '../services.js'

const PAGE = 100

const querySchema = z.object({
  order: z.string().max(64).optional(),
  status: z.enum(PAYMENT_STATUSES).optional(),
  cursor: z.string().max(64).optional(),
})

/** `GET /payments?order=&status=&cursor=` for the shop's server: newest first, 100 at a time. */
export async function listPayments(context: Context, services: Services): Promise<Response> {
  requireApiKey(context.req.header('authorization'), services.settings.apiKeys)
  const query = querySchema.safeParse(context.req.query())
  if (!query.success) {
    throw new ProblemError('body-invalid', {
      detail: 'order, status or cursor is not as expected.',
    })
  }
  const { order, status, cursor } = query.data
  const found = await services.store.list({ order, status, before: cursor, limit: PAGE + 1 })
  const page = found.slice(0, PAGE)
  const now = services.now()
  return json({
    payments: page.map((payment) => toPayment(payment, now)),
    ...(found.length > PAGE ? { next: page.at(-1)?.id } : {}),
  })
}

/** @throws {ProblemError} `unauthorized` */
function requireApiKey(authorization: string | undefined, apiKeys: readonly string[]): void {
  const [, given = ''] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? []
  // Hashes are of one length, so that the time to compare tells nothing of the key.
  const hash = (text: string) => createHash('sha256').update(text).digest()
  const isKnown = apiKeys.some((key) => timingSafeEqual(hash(key), hash(given)))
  if (!isKnown) throw new ProblemError('unauthorized')
}
