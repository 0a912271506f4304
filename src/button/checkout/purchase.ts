import * as z from 'zod/mini'
import { type Offer, offerSchema } from '../../contract/offer.js'
import type { CreatePayment, Payment } from '../../contract/payment.js'
import type { Fault } from '../fault.js'
import { type FlowEvent, isEnded, step } from '../machine.js'
import type { OrderSession, SessionMember } from '../order-session.js'
import { placeName } from '../places.js'
import type { Cashier } from './cashier.js'
import { type Answer, createPayClient, isOpenOutcome, type PayClient, remedyOf } from './client.js'
import { heartbeat } from './heartbeat.js'
import { newKey } from './new-key.js'
import { OtherTabs } from './other-tabs.js'
import { forgetPlace, keepPlace, readPlace } from './place-keeper.js'
import { forgetReturned, returnAddress, returnedPayment } from './returned.js'
import { follow, type Target, type Waiter } from './waiter.js'

/** Who confirmed a payment, and is told what needs the payer. */
export interface Initiator {
  refused(fault: Fault): void
  /** The window was blocked, so a link has to be pressed. */
  blocked(): void
}

/** What the payer confirmed. */
export type Choice = Pick<CreatePayment, 'channel' | 'way' | 'payer' | 'presentation'>

const DOUBT_AFTER_MS = 20_000
/** An offer older than this is looked at again when the payer comes back to the page. */
const LOOK_AGAIN_MS = 15_000
/** One question in vain happens; after more the payer is told. */
const MISSED_IN_PASSING = 1
const PAGE_EVENTS = ['pagehide', 'pageshow', 'visibilitychange', 'online']

const placeSchema = z.object({ id: z.optional(z.string()), key: z.optional(z.string()) })

interface Watch {
  waiter: Waiter
  payment?: Payment
}

const purchases = new WeakMap<OrderSession, Purchase>()

/** The one purchase of a session. */
export function purchaseOf(session: OrderSession): Purchase {
  const purchase = purchases.get(session) ?? new Purchase(session)
  purchases.set(session, purchase)
  return purchase
}

/** Makes and follows the payments of one order, for all buttons that share its session. */
export class Purchase implements SessionMember {
  readonly #session: OrderSession
  readonly #client: PayClient
  readonly #watches = new Set<Watch>()
  #parsed: unknown
  #resumed: Promise<void> | undefined
  #order: string | undefined
  #isReady = false
  #cashier: Cashier | undefined
  #initiator: Initiator | undefined
  #doubt: ReturnType<typeof setTimeout> | undefined
  #tabs: OtherTabs | undefined
  #stopBeating: (() => void) | undefined
  /** What the buttons show of the window. */
  #toldOpen = false
  /** Whether the proxy can't be heard. */
  isCut = false
  /** Where the payer stands with the cashier page. */
  route: 'preparing' | 'left' | 'blocked' = 'preparing'

  constructor(session: OrderSession) {
    this.#session = session
    this.#client = createPayClient(session.endpoint)
    session.members.add(this)
  }

  /** Whether the offer is parsed and what a reload interrupted has been taken up. */
  get isReady(): boolean {
    return this.#isReady
  }

  /** Whether the cashier's window seems to be there. */
  get isWindowOpen(): boolean {
    return this.route === 'left' && !!this.#cashier?.isOpen
  }

  /** A button came or went. Without one nothing is asked of the proxy, and the place is kept. */
  membersChanged(): void {
    for (const type of PAGE_EVENTS) {
      if (this.#isShown) addEventListener(type, this)
      else removeEventListener(type, this)
    }
    if (this.#isShown) this.#tabs?.open()
    else this.#tabs?.close()
    this.#beat()
    this.#wake()
  }

  /** The page is left, or the payer is back. */
  handleEvent({ type }: Event): void {
    if (type === 'pagehide') {
      this.#tabs?.close()
      return
    }
    this.#tabs?.open()
    const { offer, fault, age, flow } = this.#session
    const isOld = fault?.code === 'unreachable' || (offer && age > LOOK_AGAIN_MS)
    if (isOld && flow.phase === 'idle' && !document.hidden) void this.#session.load(true)
  }

  /** Parses the offer, and once for each order takes up what a reload interrupted. */
  async prepare(): Promise<void> {
    this.#parse()
    const { offer } = this.#session
    if (offer && offer.order !== this.#order) {
      this.#order = offer.order
      this.#tabs?.close()
      this.#resumed = this.#resume(offer)
    }
    await this.#resumed
  }

  /** One at a time: while one is under way the cashier is abandoned and nothing else happens. */
  async submit(
    choice: Choice,
    cashier: Cashier | undefined,
    awaited: readonly Promise<unknown>[],
    initiator: Initiator,
  ): Promise<void> {
    const { offer } = this.#session
    if (!offer || !this.#apply({ type: 'submit' })) return cashier?.abandon()
    this.#cashier = cashier
    this.#initiator = initiator
    this.route = 'preparing'
    const key = newKey()
    try {
      await Promise.all(awaited)
    } catch {
      this.#refuse({ code: 'submit-rejected' })
      return
    }
    const { payment, fault } = await this.#create(offer, choice, key)
    if (payment) {
      this.#adopt(payment)
      this.#watch(payment)
      this.#tabs?.tell(payment.id)
    } else if (isOpenOutcome(fault)) {
      this.#apply({ type: 'lose' })
      this.#apply({ type: 'doubt' })
      this.#watch({ key }, () => this.#refuse(fault))
    } else {
      this.#refuse(fault)
    }
  }

  /** Takes another way to the same payment's cashier. */
  reopen(cashier: Cashier | undefined): void {
    this.#cashier = cashier
    this.route = 'preparing'
    this.#lead()
  }

  /** Shows the cashier's window, from a click. */
  showWindow(): void {
    this.#cashier?.show()
  }

  /** Back to the form. What was begun can still be paid, so it is still followed. */
  another(): void {
    this.#apply({ type: 'leave' })
  }

  stop(): void {
    for (const { waiter } of this.#watches) waiter.stop()
    this.#watches.clear()
    this.#forget()
    this.#apply({ type: 'leave' })
  }

  /** The payer took the link. */
  leftByLink(): void {
    this.route = 'left'
    this.#session.changed()
  }

  sessionChanged(): void {
    this.#parse()
    const { flow, busy } = this.#session
    clearTimeout(this.#doubt)
    if (flow.phase === 'waiting' && !flow.unsure) {
      this.#doubt = setTimeout(() => this.#apply({ type: 'doubt' }), DOUBT_AFTER_MS)
    }
    this.#beat()
    if (busy) return
    this.#cashier?.abandon()
    if (flow.phase !== 'idle') this.#forget()
    for (const { waiter, payment } of this.#watches) {
      const isOver = payment && (isEnded(payment.status) || payment.reason === 'order-paid')
      if (isOver && payment.id !== flow.payment?.id) waiter.stop()
    }
  }

  get #isShown(): boolean {
    return this.#session.members.size > 1
  }

  #wake(): void {
    for (const { waiter } of this.#watches) waiter.wake()
  }

  /** Looks after the window and the clock as long as that can tell anything. */
  #beat(): void {
    this.#toldOpen = this.isWindowOpen
    if (!this.#isShown || !(this.#session.busy || this.isWindowOpen)) {
      this.#stopBeating?.()
      this.#stopBeating = undefined
      return
    }
    this.#stopBeating ??= heartbeat((napped) => {
      const isChanged = this.#toldOpen !== this.isWindowOpen
      if (napped || isChanged) this.#wake()
      if (isChanged) this.#session.changed()
    })
  }

  /** Follows a payment that another tab made, unless this one is at something itself. */
  #hear(id: string): void {
    const isKnown = [...this.#watches].some(({ payment }) => payment?.id === id)
    if (isKnown || this.#session.flow.phase !== 'idle') return
    this.route = 'left'
    this.#watch({ id }, () => {})
  }

  /** False where `event` changed nothing. */
  #apply(event: FlowEvent): boolean {
    const flow = step(this.#session.flow, event)
    if (flow === this.#session.flow) return false
    this.#session.flow = flow
    return true
  }

  #forget(): void {
    const { endpoint, offer, flow } = this.#session
    const order = flow.payment?.order ?? offer?.order
    if (order) forgetPlace(endpoint, order)
  }

  #parse(): void {
    const { preview } = this.#session
    if (preview === this.#parsed) return
    this.#parsed = preview
    const offer = offerSchema.safeParse(preview)
    this.#session.offer = offer.data
    if (!offer.success) this.#session.fault = { code: 'answer-unreadable' }
  }

  async #create(offer: Offer, choice: Choice, key: string, renew = false): Promise<Answer> {
    const order = await this.#session.reference(renew)
    if (order === undefined) return { fault: { code: 'order-unavailable' }, retryAfter: 0 }
    keepPlace(this.#session.endpoint, offer.order, { key, order, channel: choice.channel })
    const body = { ...choice, order, amount: offer.amount, returnTo: returnAddress() }
    const answer = await this.#client.create(body, key)
    const isExpired = answer.fault?.code === 'order-token-expired'
    return isExpired && !renew && this.#session.isRenewable
      ? this.#create(offer, choice, key, true)
      : answer
  }

  async #resume({ order }: Offer): Promise<void> {
    const { data: place } = placeSchema.safeParse(readPlace(this.#session.endpoint, order))
    if (place?.id || place?.key) {
      this.route = 'left'
      this.#apply({ type: 'lose' })
      this.#watch(place)
    }
    const returned = returnedPayment()
    const { payment } = returned ? await this.#client.read(returned) : {}
    if (payment?.order === order) {
      forgetReturned()
      this.route = 'left'
      this.#adopt(payment)
      this.#watch(payment)
    }
    this.#tabs = new OtherTabs(
      placeName(this.#session.endpoint, order),
      () => this.#session.flow.payment?.id,
      (id) => this.#hear(id),
    )
    this.#isReady = true
  }

  /** Follows a payment; `gone` where the proxy knows none. */
  #watch(target: Target, gone = () => this.#refuse()): void {
    if (this.#session.flow.phase === 'paid') return
    let isLost = !target.version
    const watch: Watch = {
      waiter: follow(this.#client, target, {
        isWatching: () => this.#isShown,
        tell: (payment) => {
          watch.payment = payment
          if (isLost && this.#session.flow.phase !== 'submitting') this.#adopt(payment)
          else this.#tell(payment)
          isLost = false
        },
        missed: (count) => {
          this.isCut = count > MISSED_IN_PASSING
          this.#session.changed()
        },
        gone,
      }),
    }
    this.#watches.add(watch)
  }

  #adopt(payment: Payment): void {
    // The page's function may have made another order in place of an expired one.
    this.#forget()
    this.#apply({ type: 'adopt', payment })
    const { busy, endpoint } = this.#session
    if (busy) keepPlace(endpoint, payment.order, { id: payment.id })
    this.#tell(payment)
  }

  #tell(payment: Payment): void {
    this.#apply({ type: 'tell', payment })
    this.#lead()
  }

  #refuse(fault?: Fault): void {
    this.#forget()
    this.#apply({ type: 'refuse', fault })
    if (!fault) return
    if (remedyOf(fault) === 'reload' || fault.code === 'order-paid') void this.#session.load(true)
    this.#initiator?.refused(fault)
  }

  /** Sends the payer on as soon as the cashier's address is there. */
  #lead(): void {
    const next = this.#session.flow.payment?.next
    if (this.route !== 'preparing' || next?.type !== 'redirect') return
    if (this.#cashier?.leaveFor(next.url)) {
      this.route = 'left'
    } else {
      this.route = 'blocked'
      this.#initiator?.blocked()
    }
    this.#session.changed()
  }
}
