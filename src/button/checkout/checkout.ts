import type { TemplateResult } from 'lit'
import type { Channel } from '../../contract/offer.js'
import type { Payment, Presentation } from '../../contract/payment.js'
import type { DialogController } from '../dialog-controller.js'
import { PayErrorEvent } from '../events/pay-error.js'
import { PayFailureEvent } from '../events/pay-failure.js'
import { PayPendingEvent } from '../events/pay-pending.js'
import { PaySubmitEvent } from '../events/pay-submit.js'
import { PaySuccessEvent } from '../events/pay-success.js'
import type { Fault } from '../fault.js'
import { formatMoney } from '../format.js'
import { fill, type Language, type LoadedWords, type Words } from '../language.js'
import { announcementOf } from '../machine.js'
import type { OrderSession, SessionMember } from '../order-session.js'
import { presentationFor } from '../presentation.js'
import { type Cashier, openWindow, thisTab } from './cashier.js'
import { checkoutView } from './checkout-view.js'
import { isRetryable } from './client.js'
import { PayerForm } from './payer-form.js'
import { type Initiator, type Purchase, purchaseOf } from './purchase.js'
import { rehearse } from './rehearsal.js'

export { styles } from './checkout.styles.js'

/** What a checkout needs of its button. */
export interface CheckoutHost extends EventTarget {
  readonly dialog: DialogController
  readonly renderRoot: ParentNode
  readonly updateComplete: Promise<boolean>
  /** Only this channel, where it is set. */
  readonly channel: string | null | undefined
  readonly presentation: Presentation | 'auto'
  readonly strings: Partial<Words> | undefined
  requestUpdate(): void
}

/** One button's checkout: what its dialog shows, and what the payer does there. */
export class Checkout implements Initiator, SessionMember {
  readonly host: CheckoutHost
  readonly session: OrderSession
  readonly purchase: Purchase
  readonly form = new PayerForm()
  /** Whether the payer asked for the code that carries the payment on to the phone. */
  isPhoneShown = false
  /** Whether the pointer is down on a button; Firefox knows `:active` only after the focus moved. */
  isPressing = false
  readonly #announced = new Set<string>()
  readonly #picked = new Map<string, string>()
  /** Set the language and its words before anything is shown. */
  declare language: Language
  declare words: LoadedWords

  constructor(host: CheckoutHost, session: OrderSession) {
    this.host = host
    this.session = session
    this.purchase = purchaseOf(session)
  }

  /** The sentence of `key` with its slots filled. */
  say(key: keyof Words, values: Record<string, string> = {}): string {
    return fill(this.host.strings?.[key] ?? this.words[key] ?? '', values)
  }

  /** The sentence of the first key there is. */
  sayFirst(keys: readonly string[], values: Record<string, string> = {}): string {
    const key = keys.find((key) => key in this.words)
    return key ? this.say(key as keyof Words, values) : ''
  }

  money(money: Payment['amount']): string {
    return formatMoney(money, this.language)
  }

  /** What can be chosen here. */
  get channels(): Channel[] {
    const { channel } = this.host
    const channels = this.session.offer?.channels ?? []
    return channel ? channels.filter(({ id }) => id === channel) : channels
  }

  /** The channel that is chosen; the only one is from the start. */
  get channel(): Channel | undefined {
    const [only, ...others] = this.channels
    return others.length ? this.channels.find(({ id }) => id === this.#picked.get('')) : only
  }

  /** The way that is chosen; the first one from the start. */
  wayOf({ id, ways }: Channel): string | undefined {
    return this.#picked.get(id) ?? ways?.[0]?.code
  }

  /** Picks a channel or, `of` a channel, a way. */
  pick(picked: string, of = ''): void {
    this.#picked.set(of, picked)
    this.form.show({})
    this.host.requestUpdate()
  }

  /** The channel of the current payment, where the offer still has it. */
  get used(): Channel | undefined {
    const { flow, offer } = this.session
    return offer?.channels.find(({ id }) => id === flow.payment?.channel)
  }

  get presentation(): Presentation {
    return presentationFor(this.host.presentation)
  }

  /** Gets the dialog ready for a press that is to be expected. */
  async rehearse(): Promise<void> {
    await rehearse(this.host)
  }

  /** Pays at once where nothing is left to ask. False: the dialog has to. */
  payAtOnce(): boolean {
    const [channel, ...others] = this.channels
    if (!channel || others.length || channel.flow !== 'redirect') return false
    const { fields, ways = [] } = channel
    if (fields.length || ways.length > 1) return false
    this.#submit(channel)
    return true
  }

  /**
   * Whether an input was left for another place of the page, so that its faults may be shown. Not
   * where the payer only went to another window, perhaps to copy from it, and not where a button
   * is being pressed: a new sentence would push it from under the pointer, and the press be lost.
   */
  hasLeft({ target }: FocusEvent): boolean {
    const root = (target as Node).getRootNode() as ShadowRoot
    return root.activeElement !== target && !this.isPressing
  }

  /** The payer pressed the confirming button. Everything up to the window is in that click. */
  confirm(): void {
    const { channel } = this
    if (!channel) return
    const { faults } = this.form.check(channel)
    this.form.show(faults)
    if (Object.keys(faults).length === 0) {
      this.#submit(channel)
    } else {
      this.form.news = this.say('fault.some')
      void this.#focusFault()
    }
  }

  /** Another window for the same payment, from a click. */
  reopen(): void {
    this.purchase.reopen(this.#cashierBy(this.presentation))
  }

  /** Gives up on the current payment, though it may still be paid. */
  stop(): void {
    this.purchase.stop()
    this.host.dialog.close('payer')
  }

  /** Looks at the order again, and forgets why the last attempt failed. */
  async reload(): Promise<void> {
    this.purchase.another()
    await this.session.load(true)
    await this.purchase.prepare()
  }

  /** Tells the page of the payment that counts, once for each turn it takes. */
  sessionChanged(): void {
    const { payment } = this.session.flow
    if (!payment) return
    const { type, once } = announcementOf(payment)
    if (this.#announced.has(once)) return
    this.#announced.add(once)
    const Told = {
      'pay-pending': PayPendingEvent,
      'pay-success': PaySuccessEvent,
      'pay-failure': PayFailureEvent,
    }[type]
    this.host.dispatchEvent(new Told(payment))
  }

  refused(fault: Fault): void {
    this.fail(fault)
    this.form.show(fault.fields ?? {})
    this.host.dialog.show()
    void this.#focusFault()
  }

  blocked(): void {
    this.host.dialog.show()
  }

  /** Tells the page that nothing changed. */
  fail(fault: Fault): void {
    const { code, status } = fault
    this.host.dispatchEvent(new PayErrorEvent({ code, status, retryable: isRetryable(fault) }))
  }

  render(): TemplateResult {
    return checkoutView(this)
  }

  #submit(channel: Channel): void {
    const { offer } = this.session
    if (!offer) return
    const event = new PaySubmitEvent(channel.id, offer.amount)
    if (!this.host.dispatchEvent(event)) return
    const { presentation } = this
    const choice = {
      channel: channel.id,
      way: this.wayOf(channel),
      payer: this.form.check(channel).payer,
      presentation,
    }
    const cashier = channel.flow === 'redirect' ? this.#cashierBy(presentation) : undefined
    void this.purchase.submit(choice, cashier, event.awaited, this)
  }

  #cashierBy(presentation: Presentation): Cashier | undefined {
    if (presentation === 'redirect') return thisTab
    const { seller, amount } = this.session.offer ?? {}
    return openWindow(
      this.language,
      this.say('submitting'),
      [seller ?? '', amount ? this.money(amount) : ''],
      this.say('closeWindow'),
    )
  }

  /** To the first input at fault, in reading order. */
  async #focusFault(): Promise<void> {
    this.host.requestUpdate()
    await this.host.updateComplete
    this.host.renderRoot.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }
}
