import type { Money } from '../../contract/money.js'
import { PayEvent } from './pay-event.js'

/** What the payer confirmed. */
export interface SubmitDetail {
  channel: string
  amount: Money
  /** Awaited before the payment is made; a rejection makes none and closes the window. */
  waitUntil(promise: Promise<unknown>): void
}

/** The payer confirmed; still inside the click, before any window. Cancelable. */
export class PaySubmitEvent extends PayEvent<SubmitDetail> {
  /** What the page asked to wait for. */
  readonly awaited: readonly Promise<unknown>[]

  constructor(channel: string, amount: Money) {
    const awaited: Promise<unknown>[] = []
    super('pay-submit', { channel, amount, waitUntil: (promise) => awaited.push(promise) }, true)
    this.awaited = awaited
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'pay-submit': PaySubmitEvent
  }
}
