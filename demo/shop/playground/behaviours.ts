import type { Endpoint, Fault, Outcome } from '../../sandbox/index.js'

/** What the sandbox can be told to do with the next payment. */
interface Behaviour {
  label: string
  /** The currencies whose provider can do it; all where left out. */
  only?: readonly string[]
  /** What goes wrong, where the endpoint is the one that makes a payment. */
  faults?(endpoint: CreateEndpoint): Fault[]
  /** What the payer does, by themselves, of `amount` in major units. */
  outcome?(amount: string): Outcome
  /** How long after the payment was made they do it, in milliseconds. */
  after?: number
}

type CreateEndpoint = Extract<Endpoint, 'checkout' | 'code' | 'link'>

/** Where a payment is made, by its currency. */
export const ENDPOINTS: Readonly<Record<string, CreateEndpoint>> = {
  TWD: 'checkout',
  USD: 'checkout',
  IDR: 'code',
  HKD: 'link',
  CNY: 'link',
}

const SIGNED = ['TWD', 'USD', 'IDR']
const SOON = 3_000

const PAYER = {
  hand: { label: 'Does what I press on the cashier’s page' },
  pays: { label: 'Pays after 3 seconds', outcome: () => 'approve', after: SOON },
  late: { label: 'Pays after 20 seconds', outcome: () => 'approve', after: 20_000 },
  refused: { label: 'Is refused after 3 seconds', outcome: () => 'refuse', after: SOON },
  part: {
    label: 'Pays only half of it',
    only: ['TWD', 'USD'],
    outcome: (amount) => ({ part: String(Math.floor(Number(amount) / 2)) }),
    after: SOON,
  },
  cancels: {
    label: 'Cancels after 3 seconds',
    only: ['HKD', 'CNY'],
    outcome: () => 'cancel',
    after: SOON,
  },
} as const satisfies Record<string, Behaviour>

const ANSWER = {
  right: { label: 'Comes at once' },
  slow: {
    label: 'Comes after 6 seconds',
    faults: (endpoint) => [{ endpoint, kind: 'delay', ms: 6_000 }],
  },
  lost: {
    label: 'Is lost: the connection breaks',
    faults: (endpoint) => [{ endpoint, kind: 'reset' }],
  },
  garbled: {
    label: 'Is a gateway’s error page',
    faults: (endpoint) => [{ endpoint, kind: 'html', status: 502, taken: false }],
  },
  refused: {
    label: 'Refuses the payment',
    only: SIGNED,
    faults: (endpoint) => [
      endpoint === 'code'
        ? { endpoint, kind: 'code', code: 21001 }
        : { endpoint: 'checkout', kind: 'code', code: '9004' },
    ],
  },
  link: {
    label: 'Leads to an address that is no web page',
    only: ['TWD', 'USD', 'HKD', 'CNY'],
    faults: (endpoint) => {
      const url = 'javascript:alert(1)'
      return endpoint === 'code' ? [] : [{ endpoint, kind: 'link', url }]
    },
  },
} as const satisfies Record<string, Behaviour>

const NOTIFICATION = {
  once: { label: 'Arrives once' },
  twice: {
    label: 'Arrives twice at the same time',
    faults: () => [{ endpoint: 'notification', kind: 'duplicate' }],
  },
  first: {
    label: 'Arrives before the answer (the payer pays at once)',
    faults: (endpoint) => [{ endpoint, kind: 'delay', ms: 4_000 }],
    outcome: () => 'approve',
    after: 0,
  },
  late: {
    label: 'Arrives after 10 seconds',
    faults: () => [{ endpoint: 'notification', kind: 'delay', ms: 10_000 }],
  },
  again: {
    label: 'Is lost, and sent again after 2 seconds',
    faults: () => [{ endpoint: 'notification', kind: 'drop' }],
  },
  never: {
    label: 'Never arrives',
    faults: () => [{ endpoint: 'notification', kind: 'drop', times: Number.POSITIVE_INFINITY }],
  },
  wrong: {
    label: 'Tells another amount',
    only: SIGNED,
    faults: () => [{ endpoint: 'notification', kind: 'fields', fields: { amount: 1 } }],
  },
  forged: {
    label: 'Has a signature of somebody else',
    only: SIGNED,
    faults: () => [{ endpoint: 'notification', kind: 'bad-signature' }],
  },
} as const satisfies Record<string, Behaviour>

export type Side = 'payer' | 'answer' | 'notification'

/** Each side of a payment and what it can do; the first is what it does by itself. */
export const SIDES: Readonly<
  Record<Side, { title: string; behaviours: Readonly<Record<string, Behaviour>> }>
> = {
  payer: { title: 'The payer', behaviours: PAYER },
  answer: { title: 'The provider’s answer to the payment', behaviours: ANSWER },
  notification: { title: 'The provider’s notification', behaviours: NOTIFICATION },
}

/** The behaviour of this name, where the currency's provider can do it. */
export function behaviourOf(side: Side, name: string | undefined, currency: string): Behaviour {
  const { behaviours } = SIDES[side]
  const chosen = name && Object.hasOwn(behaviours, name) ? behaviours[name] : undefined
  return chosen && (chosen.only?.includes(currency) ?? true) ? chosen : { label: '' }
}
