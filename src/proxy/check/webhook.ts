import { randomBytes } from 'node:crypto'
import { Webhook } from 'standardwebhooks'
import { type Asked, ask } from './ask.js'
import type { Finding } from './finding.js'

/** Of no payment, and of no type that a shop knows: whoever verifies it has nothing to do. */
const BODY = JSON.stringify({ type: 'ping', timestamp: new Date().toISOString(), data: {} })
const about = 'PAY_WEBHOOK_URL'

/**
 * Sends the shop a message that nobody signed, which it must refuse, and then one that we did,
 * which it must take: a shop that takes both believes anybody that a payment succeeded.
 */
export async function checkWebhook({
  url,
  secret,
}: {
  url: string
  secret: string
}): Promise<Finding[]> {
  const stranger = `whsec_${randomBytes(32).toString('base64')}`
  const forged = await ask(url, signed(stranger))
  if (!forged.answered) return [warning('webhook', forged.why)]
  if (isTaken(forged)) {
    return [
      warning(
        'webhook-unverified',
        `took a message with a wrong signature (${forged.status}): it must verify each one, or ` +
          'anybody can tell the shop of payments',
      ),
    ]
  }
  if (forged.status < 400 || forged.status > 499 || forged.status === 404) {
    return [warning('webhook', `answers ${forged.status} where a wrong signature is to be refused`)]
  }
  const ours = await ask(url, signed(secret))
  if (!ours.answered) return [warning('webhook', ours.why)]
  if (!isTaken(ours)) {
    return [
      warning(
        'webhook-refused',
        `answers ${ours.status} to a ping that PAY_WEBHOOK_SECRET signed: another secret, or it ` +
          'refuses types that it does not know',
      ),
    ]
  }
  return [
    {
      level: 'ok',
      code: 'webhook',
      about,
      says: 'takes what we sign, and refuses a wrong signature',
    },
  ]
}

function signed(secret: string): RequestInit {
  const id = `ping_${randomBytes(12).toString('hex')}`
  const now = new Date()
  return {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, now, BODY),
    },
    body: BODY,
  }
}

function isTaken({ status }: Extract<Asked, { answered: true }>): boolean {
  return status >= 200 && status <= 299
}

function warning(code: string, says: string): Finding {
  return { level: 'warning', code, about, says }
}
