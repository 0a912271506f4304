import { Webhook } from 'standardwebhooks'
import * as z from 'zod'
import type { Delivery } from './order-book.js'

const eventSchema = z.object({
  type: z.string(),
  timestamp: z.string(),
  data: z.object({
    payment: z.object({
      order: z.string(),
      channel: z.string(),
      amount: z.object({ value: z.string(), currency: z.string() }),
    }),
  }),
})

export interface Told {
  order: string
  delivery: Omit<Delivery, 'again'>
}

/**
 * Reads a webhook of the proxy.
 *
 * @param secret `whsec_…`, shared with the proxy.
 * @returns `undefined` where it is not signed by the proxy, or not an event.
 */
export async function readWebhook(request: Request, secret: string): Promise<Told | undefined> {
  const event = eventSchema.safeParse(await verified(request, secret))
  if (!event.success) return undefined
  const { type, timestamp, data } = event.data
  const { order, channel, amount } = data.payment
  const id = request.headers.get('webhook-id') ?? ''
  return {
    order,
    delivery: { id, type, timestamp, channel, amount: `${amount.currency} ${amount.value}` },
  }
}

async function verified(request: Request, secret: string): Promise<unknown> {
  const body = await request.text()
  try {
    return new Webhook(secret).verify(body, Object.fromEntries(request.headers))
  } catch {
    return undefined
  }
}
