import type { Channel, Field, Offer } from '../../contract/offer.js'
import type { Payment } from '../../contract/payment.js'

/** A payment of A-1001 that waits for the payer, changed by `patch`. */
export function payment(patch: Partial<Payment> = {}): Payment {
  return {
    id: 'pay_1',
    order: 'A-1001',
    channel: 'vexora-taiwan:EWALLET',
    amount: { value: '300', currency: 'TWD' },
    status: 'requires_action',
    version: 1,
    next: null,
    createdAt: '2026-11-21T08:00:00Z',
    updatedAt: '2026-11-21T08:00:00Z',
    now: '2026-11-21T08:00:00Z',
    ...patch,
  }
}

const field = (name: string, format: string, more: Partial<Field> = {}): Field => ({
  name,
  format,
  required: true,
  ...more,
})

const PERSON = [
  field('firstName', 'given-name'),
  field('lastName', 'family-name'),
  field('mobile', 'mobile-taiwan'),
  field('email', 'email', { maxLength: 64 }),
]

export const EWALLET: Channel = {
  id: 'vexora-taiwan:EWALLET',
  kind: 'e-wallet',
  flow: 'redirect',
  operator: 'Vexora',
  fields: [],
}

export const STORE: Channel = {
  id: 'vexora-taiwan:STORE',
  kind: 'convenience-store',
  flow: 'redirect',
  operator: 'Vexora',
  fields: [...PERSON, field('postcode', 'postcode'), field('address', 'address')],
  ways: [
    { code: '711', label: '7-ELEVEN' },
    { code: 'FAMI', label: 'FamilyMart' },
  ],
}

export const NET_BANKING: Channel = {
  id: 'vexora-taiwan:NET_BANKING',
  kind: 'bank-transfer',
  flow: 'redirect',
  operator: 'Vexora',
  fields: [...PERSON, field('bankAccounts', 'bank-account-taiwan', { maxItems: 5 })],
  ways: [{ code: 'BANK_TRANSFER', label: 'Bank transfer' }],
}

/** The offer of an order for NT$300 with one channel that asks nothing, changed by `patch`. */
export function offer(patch: Partial<Offer> = {}): Offer {
  return {
    order: 'A-1001',
    amount: { value: '300', currency: 'TWD' },
    description: 'Alishan oolong, 150 g',
    seller: 'Tea House',
    channels: [EWALLET],
    paid: false,
    ...patch,
  }
}
