import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { Stage } from './stage.js'

const offerSchema = z.object({
  amount: z.object({ value: z.string(), currency: z.string() }),
  channels: z.array(
    z.object({
      id: z.string(),
      fields: z.array(z.object({ name: z.string(), required: z.boolean() })),
      ways: z.array(z.object({ code: z.string() })).default([]),
    }),
  ),
})

const paymentSchema = z.object({ id: z.string(), status: z.string(), version: z.number() })

/** Right for every field that any channel asks. */
const PAYER: Readonly<Record<string, string | string[]>> = {
  firstName: '小明',
  lastName: '王',
  fullName: 'Wang Xiaoming',
  email: 'wang@example.com',
  mobile: '+886912345678',
  postcode: '110',
  address: '台北市信義路五段7號',
  bankAccounts: ['808-0358988888888'],
}

/** How often it looks whether the payment has arrived; each look lasts until something changes. */
const MOST_LOOKS = 5

/**
 * Pays an order as a payer would who came before, by its first channel.
 *
 * @param payUrl where the proxy is.
 * @returns whether it is paid; not where no channel takes it.
 */
export async function payBeforehand(
  token: string,
  payUrl: string,
  sandbox: Stage,
): Promise<boolean> {
  const offer = offerSchema.parse(await json(fetch(`${payUrl}/orders/${token}`)))
  const [channel] = offer.channels
  if (!channel) return false
  const asked = channel.fields.filter(({ required }) => required).map(({ name }) => name)
  const stop = sandbox.onOrder(({ tradeNo, currency }) => {
    if (currency !== offer.amount.currency) return
    stop()
    // Once the call that makes it is answered.
    setTimeout(() => void sandbox.settle(tradeNo, 'approve'), 50)
  })
  const made = await json(
    fetch(`${payUrl}/payments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({
        order: token,
        channel: channel.id,
        ...(channel.ways[0] && { way: channel.ways[0].code }),
        amount: offer.amount,
        payer: Object.fromEntries(asked.map((name) => [name, PAYER[name]])),
        presentation: 'redirect',
      }),
    }),
  )
  let payment = paymentSchema.parse(made)
  for (let look = 0; look < MOST_LOOKS && payment.status !== 'succeeded'; look++) {
    const wait = new URLSearchParams({ wait: '2', version: String(payment.version) })
    payment = paymentSchema.parse(await json(fetch(`${payUrl}/payments/${payment.id}?${wait}`)))
  }
  return payment.status === 'succeeded'
}

async function json(answer: Promise<Response>): Promise<unknown> {
  return (await answer).json()
}
