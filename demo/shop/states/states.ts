import { ABROAD, INDONESIA, LONG, type Offer, TAIWAN } from './offers.js'

/** A payment as the proxy tells it, without what every payment has. */
export interface StatePayment {
  status: string
  reason?: string
  received?: { value: string; currency: string }
  next?:
    | { type: 'redirect'; url: string }
    | { type: 'code'; code: string; biller?: string; expiresAt: string | null }
    | null
}

/** What a payer does after opening the dialog. */
export interface Payer {
  /** The channel to choose, and what to type by the fields' names. */
  channel?: string
  types?: Readonly<Record<string, string>>
  /** Whether the confirming button is pressed. */
  confirms?: boolean
}

/** What the button is shown in: how the proxy answers, and what the payer did. */
export interface State {
  title: string
  /** Missing: the proxy never answers. */
  offer?: Offer | Problem
  /** The payment that the page comes back to. */
  payment?: StatePayment
  /** How the proxy answers an attempt to pay; missing: never. */
  answer?: StatePayment | Problem
  payer?: Payer
  /** The dialog stays closed. */
  isClosed?: true
  presentation?: 'popup' | 'redirect'
  disabled?: true
  /** The browser opens no window. */
  blocksWindows?: true
}

/** What the proxy answers in place of what it was asked for. */
export interface Problem {
  problem: { status: number; code: string; retryAt?: string }
}

/** The clock of the played proxy stands still, so that the page is the same each time. */
export const NOW = '2026-11-21T08:00:00Z'
const TOMORROW = '2026-11-22T08:00:00Z'
const CASHIER = 'https://cashier.vexora.example/pay/1'

const problem = (status: number, code: string, more: { retryAt?: string } = {}): Problem => ({
  problem: { status, code, ...more },
})

const PERSON = {
  firstName: '小明',
  lastName: '王',
  mobile: '0912345678',
  email: 'ming@example.com',
}

/** A payer who has confirmed, and what came of it. */
const answered = (title: string, answer: StatePayment | Problem): State => ({
  title,
  offer: TAIWAN,
  payer: { channel: 'vexora-taiwan:EWALLET', types: PERSON, confirms: true },
  presentation: 'redirect',
  answer,
})

const coded = (title: string, channel: string, code: string, expiresAt: string): State => ({
  title,
  offer: INDONESIA,
  payer: {
    channel: `paycools:${channel}`,
    types: { fullName: 'Budi Santoso', email: 'budi@example.com' },
    confirms: true,
  },
  answer: {
    status: 'requires_action',
    next: { type: 'code', code, biller: 'Mistridge Tea', expiresAt },
  },
})

const AT_CASHIER: StatePayment = {
  status: 'requires_action',
  next: { type: 'redirect', url: CASHIER },
}

/** Every state of the button and its dialog, by the name in the page's address. */
export const STATES: ReadonlyMap<string, State> = new Map(
  Object.entries<State>({
    button: { title: 'Ready', offer: TAIWAN, isClosed: true },
    'button-test': {
      title: 'Ready, in test mode',
      offer: { ...TAIWAN, test: true },
      isClosed: true,
    },
    'button-disabled': { title: 'Disabled', offer: TAIWAN, isClosed: true, disabled: true },
    'button-unknown': { title: 'Amount not known yet', isClosed: true },
    'button-waiting': {
      title: 'Waiting, dialog closed',
      offer: TAIWAN,
      isClosed: true,
      payment: AT_CASHIER,
    },
    'button-paid': { title: 'Paid before', offer: { ...TAIWAN, paid: true }, isClosed: true },
    loading: { title: 'Loading' },
    unreachable: { title: 'Proxy unreachable', offer: problem(503, 'unreachable') },
    gone: { title: 'Order gone', offer: problem(404, 'order-not-found') },
    outdated: { title: 'Page out of date', offer: problem(410, 'order-token-expired') },
    nothing: { title: 'Nothing takes this currency', offer: { ...TAIWAN, channels: [] } },
    channels: { title: 'Choosing', offer: { ...TAIWAN, test: true } },
    grouped: { title: 'Choosing, several of a kind', offer: INDONESIA },
    wallet: {
      title: 'Filled in',
      offer: TAIWAN,
      payer: { channel: 'vexora-taiwan:EWALLET', types: PERSON },
    },
    store: { title: 'Convenience store', offer: TAIWAN, payer: { channel: 'vexora-taiwan:STORE' } },
    bank: {
      title: 'Bank accounts',
      offer: TAIWAN,
      payer: { channel: 'vexora-taiwan:NET_BANKING', types: PERSON },
    },
    card: { title: 'Card', offer: ABROAD },
    faults: {
      title: 'Faults',
      offer: TAIWAN,
      payer: {
        channel: 'vexora-taiwan:STORE',
        types: { firstName: '小明', mobile: '12345', email: 'ming@' },
        confirms: true,
      },
    },
    long: { title: 'Long words', offer: LONG, payer: { channel: 'vexora-taiwan:STORE' } },
    submitting: {
      title: 'Preparing',
      offer: TAIWAN,
      payer: { channel: 'vexora-taiwan:EWALLET', types: PERSON, confirms: true },
      presentation: 'redirect',
    },
    limit: answered('Today’s limit reached', problem(429, 'payer-ip-limit', { retryAt: TOMORROW })),
    changed: answered('Amount changed', problem(409, 'amount-changed')),
    busy: answered('Provider busy', problem(503, 'provider-unavailable')),
    'in-progress': answered('Paying elsewhere', problem(409, 'payment-in-progress')),
    blocked: {
      ...answered('Window blocked', AT_CASHIER),
      presentation: 'popup',
      blocksWindows: true,
    },
    cashier: { title: 'At the cashier', offer: TAIWAN, payment: AT_CASHIER },
    'code-store': coded('Code for a counter', 'ALFAMART_VA', '00012819', TOMORROW),
    'code-account': coded('Code for a transfer', 'BNI_VA', '8558010100012839', TOMORROW),
    'code-soon': coded(
      'Code, little time left',
      'BRI_VA',
      '8558010100012839',
      '2026-11-21T08:02:50Z',
    ),
    'code-over': coded('Code, no time left', 'BRI_VA', '8558010100012839', '2026-11-21T07:59:00Z'),
    unsure: answered('Not known yet', { status: 'processing', reason: 'unknown-outcome' }),
    paid: answered('Paid', { status: 'succeeded' }),
    settled: answered('Already paid', problem(409, 'order-paid')),
    duplicate: answered('Paid twice', { status: 'succeeded', reason: 'duplicate' }),
    refused: answered('Refused', { status: 'failed', reason: 'refused' }),
    expired: answered('Expired', { status: 'expired' }),
    canceled: answered('Canceled', { status: 'canceled' }),
    partial: answered('Part paid', {
      status: 'needs_review',
      reason: 'partial',
      received: { value: '120', currency: 'TWD' },
    }),
    review: answered('Under review', { status: 'needs_review', reason: 'amount-missing' }),
  }),
)
