import { PayEvent } from './pay-event.js'

/** Why nothing changed: `code` is a `ProblemCode`, or an `OwnCode` of the button. */
export interface PayError {
  code: string
  /** HTTP status, where there was an answer. */
  status?: number | undefined
  /** Whether trying the same again can help. */
  retryable: boolean
}

/** Nothing changed. */
export class PayErrorEvent extends PayEvent<{ error: PayError }> {
  constructor(error: PayError) {
    super('pay-error', { error })
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'pay-error': PayErrorEvent
  }
}
