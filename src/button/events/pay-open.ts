import { PayEvent } from './pay-event.js'

/** A press or `open()`. Cancelable: nothing happens then. */
export class PayOpenEvent extends PayEvent<Record<string, never>> {
  constructor() {
    super('pay-open', {}, true)
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'pay-open': PayOpenEvent
  }
}
