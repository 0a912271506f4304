import * as z from 'zod'
import type { Configuration } from '../environment/environment.js'
import { type Asked, ask } from './ask.js'
import type { Finding } from './finding.js'
import { checkWebhook } from './webhook.js'

/** Milliseconds between two clocks; order tokens allow 60 s. */
const MOST_SKEW = 30_000

/**
 * Asks everybody that the configuration names, all at once: our own public address, the providers'
 * bases, the shop's webhook. Nothing that is sent makes or moves a payment.
 */
export async function checkOutside({ options }: Configuration): Promise<Finding[]> {
  const [self, webhook, ...providers] = await Promise.all([
    checkSelf(options.publicUrl.replace(/\/+$/, '')),
    options.webhook ? checkWebhook(options.webhook) : [],
    ...options.providers.map(({ id, baseUrl }) => checkBase(id, baseUrl)),
  ])
  return [...self, ...providers.flat(), ...webhook]
}

const descriptionSchema = z.object({
  info: z.object({ title: z.literal('pay-button proxy') }),
  servers: z.array(z.object({ url: z.string() })),
})

/** Whether the public address leads here. That nothing serves yet is no fault. */
async function checkSelf(publicUrl: string): Promise<Finding[]> {
  const about = 'PAY_PUBLIC_URL'
  const health = await ask(`${publicUrl}/healthz`)
  if (!health.answered) {
    return health.isRefused
      ? [
          {
            level: 'note',
            code: 'not-serving',
            about,
            says: 'nothing serves there yet: check again then',
          },
        ]
      : [{ level: 'warning', code: 'public-url', about, says: health.why }]
  }
  const description = descriptionSchema.safeParse(await jsonAt(`${publicUrl}/openapi.json`))
  if (!description.success) {
    const says = `something else answers there (${health.status} for /healthz): does its path lead here?`
    return [{ level: 'warning', code: 'public-url', about, says }]
  }
  const [server] = description.data.servers
  if (server?.url !== publicUrl) {
    const says = `is answered by a proxy that thinks it is ${server?.url}`
    return [{ level: 'warning', code: 'public-url', about, says }]
  }
  const isWell = health.status === 200
  return [
    isWell
      ? { level: 'ok', code: 'public-url', about, says: 'is answered by this proxy' }
      : { level: 'warning', code: 'public-url', about, says: `answers ${health.status}: not well` },
    ...checkClock(about, health),
  ]
}

async function jsonAt(url: string): Promise<unknown> {
  const asked = await ask(url)
  try {
    return asked.answered ? JSON.parse(asked.text) : undefined
  } catch {
    return undefined
  }
}

/** Any answer will do: what stands at the base itself is nobody's contract. */
async function checkBase(about: string, baseUrl: string): Promise<Finding[]> {
  const asked = await ask(baseUrl)
  return asked.answered
    ? [{ level: 'ok', code: 'base', about, says: 'its base answers' }, ...checkClock(about, asked)]
    : [{ level: 'warning', code: 'base', about, says: `its base ${asked.why}` }]
}

function checkClock(about: string, { date }: Extract<Asked, { answered: true }>): Finding[] {
  const skew = date === undefined ? 0 : Math.round((Date.now() - date) / 1000)
  if (Math.abs(skew) * 1000 <= MOST_SKEW) return []
  const says = `by its clock ours is ${Math.abs(skew)} s ${skew > 0 ? 'ahead' : 'behind'}`
  return [{ level: 'warning', code: 'clock', about, says }]
}
