import type { InFlight } from '../in-flight.js'
import { errorName, type Logger } from '../log.js'
import type { Debt, PaymentRecord } from '../payments/record.js'
import { toPayment } from '../payments/view.js'
import type { Telemetry } from '../telemetry/telemetry.js'
import type { DebtQueue } from './debt-queue.js'
import type { PaymentEvent, TellShop } from './event.js'

/** Milliseconds. */
export const DELIVERY_TIMEOUT = 10_000
const LEASE = DELIVERY_TIMEOUT + 5_000
const FIRST_RETRY = 1_000
const LONGEST_RETRY = 3_600_000
const GIVE_UP_AFTER = 3 * 24 * 3_600_000
const BATCH = 100

interface Parts {
  debts: DebtQueue
  /** `undefined`: the shop wants to hear of nothing, and has its own ways to look. */
  tell: TellShop | undefined
  log: Logger
  inFlight: InFlight
  telemetry: Telemetry
  now: () => number
}

/** Tells the shop of every payment that moved, at least once, until it says that it has heard. */
export class Deliveries {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  async sweep(): Promise<void> {
    const { debts, tell, inFlight, log } = this.#parts
    const due = await debts.due(tell ? BATCH : 1)
    if (!tell) {
      if (due.length > 0) await debts.forgive()
      return
    }
    for (const id of due) {
      void inFlight.track(() =>
        this.#deliver(id, tell).catch((error) =>
          log.error({ payment: id, error: errorName(error) }, 'delivery failed'),
        ),
      )
    }
  }

  async #deliver(id: string, tell: TellShop): Promise<void> {
    const { debts, log, telemetry, now } = this.#parts
    const payment = await debts.claim(id, LEASE)
    const debt = payment?.debt
    if (!payment || !debt) return
    try {
      await telemetry.measure(
        { kind: 'delivery', type: debt.type, tradeNo: payment.tradeNo },
        async () => within(DELIVERY_TIMEOUT, tell(toEvent(payment, debt, now()))),
        () => 'taken',
      )
      await debts.clear(id, debt.version)
      log.info({ payment: id, type: debt.type, version: debt.version }, 'shop told')
    } catch (error) {
      const delay = retryDelay(debt, now())
      await debts.postpone(id, debt.version, delay)
      const fields = {
        payment: id,
        type: debt.type,
        error: errorName(error),
        count: debt.tries + 1,
      }
      if (delay === null) log.error(fields, 'shop could not be told; given up')
      else log.warn(fields, 'shop not told; will try again')
    }
  }
}

/** Milliseconds until the next try: 1 s, doubling to an hour, over three days; then `null`. */
export function retryDelay({ tries, since }: Debt, now: number): number | null {
  if (now - since >= GIVE_UP_AFTER) return null
  return Math.min(FIRST_RETRY * 2 ** tries, LONGEST_RETRY)
}

function toEvent(payment: PaymentRecord, debt: Debt, now: number): PaymentEvent {
  return {
    id: `${payment.id}.${debt.version}`,
    type: debt.type,
    timestamp: new Date(debt.since).toISOString(),
    data: {
      payment: toPayment(payment, now),
      tradeNo: payment.tradeNo,
      providerReference: payment.providerReference,
      ...(debt.late ? { late: true as const } : {}),
    },
  }
}

/** The shop took too long. */
class DeliveryTimeoutError extends Error {
  override readonly name = 'DeliveryTimeoutError'
}

async function within(timeout: number, told: Promise<void> | void): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeliveryTimeoutError()), timeout)
  })
  try {
    await Promise.race([told, late])
  } finally {
    clearTimeout(timer)
  }
}
