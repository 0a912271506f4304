import type { Money } from '../contract/money.js'
import type { Payment } from '../contract/payment.js'

abstract class PayEvent<Detail> extends Event {
  readonly detail: Detail

  constructor(type: string, detail: Detail, cancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable })
    this.detail = detail
  }
}

/** A press or `open()`. Cancelable: nothing happens then. */
export class PayOpenEvent extends PayEvent<Record<string, never>> {
  constructor() {
    super('pay-open', {}, true)
  }
}

/** The payer confirmed; still inside the click, before any window. Cancelable. */
export class PaySubmitEvent extends PayEvent<{
  channel: string
  amount: Money
  /** Awaited before the payment is made; a rejection makes none and closes the window. */
  waitUntil(promise: Promise<unknown>): void
}> {
  /** What the page asked to wait for. */
  readonly awaited: Promise<unknown>[]

  constructor(channel: string, amount: Money) {
    const awaited: Promise<unknown>[] = []
    super('pay-submit', { channel, amount, waitUntil: (promise) => awaited.push(promise) }, true)
    this.awaited = awaited
  }
}

/** A payment was made and its outcome is open. */
export class PayPendingEvent extends PayEvent<{ payment: Payment }> {
  constructor(payment: Payment) {
    super('pay-pending', { payment })
  }
}

/** Paid. For the page; goods go out on the word that the shop's server gets. */
export class PaySuccessEvent extends PayEvent<{ payment: Payment }> {
  constructor(payment: Payment) {
    super('pay-success', { payment })
  }
}

/** Failed, expired or canceled. A success may still follow. */
export class PayFailureEvent extends PayEvent<{ payment: Payment }> {
  constructor(payment: Payment) {
    super('pay-failure', { payment })
  }
}

/** Nothing changed; `code` says why (see `Fault`). */
export class PayErrorEvent extends PayEvent<{
  error: { code: string; status?: number; retryable: boolean }
}> {
  constructor(error: { code: string; status?: number; retryable: boolean }) {
    super('pay-error', { error })
  }
}

export type CloseReason = 'payer' | 'api' | 'settled' | 'removed'

/** The dialog closed. Cancels no payment. */
export class PayCloseEvent extends PayEvent<{ reason: CloseReason }> {
  constructor(reason: CloseReason) {
    super('pay-close', { reason })
  }
}

declare global {
  interface HTMLElementEventMap {
    'pay-open': PayOpenEvent
    'pay-submit': PaySubmitEvent
    'pay-pending': PayPendingEvent
    'pay-success': PaySuccessEvent
    'pay-failure': PayFailureEvent
    'pay-error': PayErrorEvent
    'pay-close': PayCloseEvent
  }
}
