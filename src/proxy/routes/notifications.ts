import type { Answer } from '../http/answer.js'
import { BodyTakenError, BodyTooLargeError } from '../http/body.js'
import type { HttpRequest } from '../http/http-request.js'
import type { Handler } from '../http/routes.js'
import { errorName } from '../log.js'
import { applyReport } from '../payments/apply-report.js'
import { readNotificationAddress } from '../payments/notification-address.js'
import type { Notification, Provider } from '../providers/provider.js'
import type { Services } from '../services.js'
import { StoreUnavailableError } from '../store/database.js'

/** Bytes; a notification is a few hundred. */
const MOST = 64 * 1024

/**
 * `POST /notifications/{provider}`: the provider hears its own acknowledgement only after what it
 * said is durable; anything else makes it tell us again.
 */
export function receiveNotification(services: Services): Handler {
  return async (request, { provider: id = '', address }) => {
    const provider = services.providers.get(id)
    const tradeNo = provider && readNotificationAddress(provider, address, services.settings)
    const isAddress = provider?.secretAddress ? tradeNo !== undefined : address === undefined
    if (!provider || !isAddress) return plain(404, 'no such address')
    try {
      return await receive(request, provider, tradeNo, services)
    } catch (error) {
      services.log.error({ provider: id, error: errorName(error) }, 'notification not processed')
      return failed(error)
    }
  }
}

function failed(error: unknown): Answer {
  if (error instanceof StoreUnavailableError) return plain(503, 'store unavailable')
  if (error instanceof BodyTakenError) return plain(400, 'body read before it came here')
  return plain(500, 'internal error')
}

async function receive(
  request: HttpRequest,
  provider: Provider,
  tradeNo: string | undefined,
  services: Services,
): Promise<Answer> {
  let body: string
  try {
    body = await request.text(MOST)
  } catch (error) {
    if (error instanceof BodyTooLargeError) return plain(413, 'too large')
    throw error
  }
  const notification = provider.readNotification({
    get headers() {
      return request.toWeb().headers
    },
    body,
    tradeNo,
  })
  switch (notification.kind) {
    case 'verified':
      return applyNotification(provider, notification, services)
    case 'trigger':
      return (await bringQueryForward(provider, notification.tradeNo, services))
        ? acknowledge(provider)
        : plain(404, 'not ours')
    case 'unverified':
      await bringQueryForward(provider, notification.tradeNo, services)
      services.log.warn({ provider: provider.id }, 'notification with a bad signature')
      return plain(401, 'bad signature')
    case 'unreadable':
      services.log.warn({ provider: provider.id }, 'notification not readable')
      return plain(400, 'not readable')
  }
}

async function applyNotification(
  provider: Provider,
  { report }: Extract<Notification, { kind: 'verified' }>,
  services: Services,
): Promise<Answer> {
  const payment = await services.store.byTradeNo(provider.id, report.tradeNo)
  if (!payment) {
    services.log.warn({ provider: provider.id }, 'notification of a payment that is not ours')
    return plain(404, 'not ours')
  }
  await applyReport(services, provider, payment, report, 'notification')
  return acknowledge(provider)
}

/** @returns whether there is such a payment. */
async function bringQueryForward(
  provider: Provider,
  tradeNo: string | undefined,
  { store, queue, queries }: Services,
): Promise<boolean> {
  const payment = tradeNo === undefined ? undefined : await store.byTradeNo(provider.id, tradeNo)
  if (!payment) return false
  await queue.bringQueryForward(payment.id)
  queries.kick()
  return true
}

function acknowledge({ acknowledgement: { contentType, body } }: Provider): Answer {
  return told(200, contentType, body)
}

function plain(status: number, text: string): Answer {
  return told(status, 'text/plain; charset=utf-8', text)
}

/** Kept by nobody: some providers tell by GET, and a cache would acknowledge in our name. */
function told(status: number, contentType: string, body: string): Answer {
  return {
    status,
    body,
    headers: {
      'content-type': contentType,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  }
}
