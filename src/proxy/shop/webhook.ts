import { Webhook } from 'standardwebhooks'
import type { HttpClient } from '../net/http-client.js'
import { DELIVERY_TIMEOUT } from './deliveries.js'
import type { TellShop } from './event.js'

/** The shop's server answered with something other than 2xx. */
export class WebhookRefusedError extends Error {
  override readonly name = 'WebhookRefusedError'
  readonly code: string

  constructor(status: number) {
    super(`the webhook answered ${status}`)
    this.code = String(status)
  }
}

/**
 * Tells the shop by Standard Webhooks (standardwebhooks.com): signed, 2xx within 10 s, redirects
 * not followed.
 *
 * @param secret `whsec_` and Base64.
 * @param now the store's clock, milliseconds: a shop refuses what was signed five minutes ago.
 */
export function webhook(
  http: HttpClient,
  url: string,
  secret: string,
  now: () => number = Date.now,
): TellShop {
  const signer = new Webhook(secret)
  return async ({ id, ...event }) => {
    const sentAt = new Date(now())
    const body = JSON.stringify(event)
    const { status } = await http.send(
      {
        method: 'POST',
        url,
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
          'webhook-signature': signer.sign(id, sentAt, body),
        },
        body,
      },
      DELIVERY_TIMEOUT,
    )
    if (status < 200 || status > 299) throw new WebhookRefusedError(status)
  }
}
