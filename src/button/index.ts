import { define } from './define.js'

export type { Money } from '../contract/money.js'
export type { Channel, Field, Offer } from '../contract/offer.js'
export type { Payment, Presentation } from '../contract/payment.js'
export * from './events/pay-close.js'
export * from './events/pay-error.js'
export * from './events/pay-failure.js'
export * from './events/pay-open.js'
export * from './events/pay-pending.js'
export * from './events/pay-submit.js'
export * from './events/pay-success.js'
export type { Words } from './language.js'
export type { OrderSource } from './order-session.js'
export { PayButton, type PayState } from './pay-button.js'

define()
