import type { FaultQueue, Times } from './fault-queue.js'
import type { MessageFault, NotificationFault } from './notification-fault.js'
import type { Delivery, Order, OrderReport, Reply } from './order.js'
import { pause } from './pause.js'
import { type Providers, providerOf } from './provider.js'

export type QueuedNotificationFault = { endpoint: 'notification' } & NotificationFault & Times

export interface NotifierOptions {
  providers: Providers
  /** Gaps between the attempts, in milliseconds. */
  schedule: readonly number[]
  /** How long a merchant may take to reply, in milliseconds. */
  replyTimeout: number
  faults: FaultQueue<QueuedNotificationFault>
  now: () => number
  closed: AbortSignal
}

export interface Notifier {
  /**
   * Resolves when the first attempt has its reply; retries go on behind.
   *
   * @throws {RangeError} for a fault that the provider does not have.
   */
  send(order: Order): Promise<void>
}

/** Posts notifications until the merchant acknowledges one or the schedule ends. */
export function createNotifier(options: NotifierOptions): Notifier {
  const { schedule, faults, now, closed } = options

  async function attempt(order: Order, report: OrderReport, round: number) {
    const { notifyUrl } = order
    if (!notifyUrl) return
    const provider = providerOf(options.providers, order)
    const fault = faults.next('notification')
    const body = provider.notification(order, report, messageFault(fault))
    if (fault?.kind === 'delay' && !(await pause(fault.ms, closed))) return
    const copies = fault?.kind === 'duplicate' ? 2 : 1
    const deliveries = await Promise.all(
      Array.from({ length: copies }, () =>
        fault?.kind === 'drop' ? dropped(body) : post(notifyUrl, body, provider.acknowledges),
      ),
    )
    order.notifications.push(...deliveries)
    if (!deliveries.some((delivery) => delivery.acknowledged)) {
      void retry(order, report, round)
    }
  }

  async function retry(order: Order, report: OrderReport, round: number) {
    const gap = schedule[round]
    if (gap !== undefined && (await pause(gap, closed))) {
      await attempt(order, report, round + 1)
    }
  }

  function dropped(body: string): Delivery {
    return { at: now(), body, reply: { error: 'dropped' }, acknowledged: false }
  }

  async function post(
    url: string,
    body: string,
    acknowledges: (reply: Reply) => boolean,
  ): Promise<Delivery> {
    const at = now()
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([closed, AbortSignal.timeout(options.replyTimeout)]),
      })
      const reply = { status: response.status, body: await response.text() }
      return { at, body, reply, acknowledged: acknowledges(reply) }
    } catch (error) {
      return { at, body, reply: { error: reasonOf(error) }, acknowledged: false }
    }
  }

  return {
    send: (order) => {
      const { status, paidAmount, settledAt } = order
      return attempt(
        order,
        { status, ...(paidAmount && { paidAmount }), ...(settledAt && { settledAt }) },
        0,
      )
    },
  }
}

function messageFault(fault: NotificationFault | undefined): MessageFault | undefined {
  switch (fault?.kind) {
    case undefined:
    case 'drop':
    case 'duplicate':
    case 'delay':
      return undefined
    default:
      return fault
  }
}

/** `fetch` hides the useful part, such as `ECONNREFUSED`, in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause: unknown = error.cause
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message
  return error.name
}
