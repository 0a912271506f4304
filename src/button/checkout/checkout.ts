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
import { formatMoney } from '../format-money.js'
import { fill, type Language } from '../language.js'
import { announcementOf } from '../machine.js'
import type { OrderSession } from '../order-session.js'
import { presentationFor } from '../presentation.js'
import type { StringKey, Strings } from '../strings/en.js'
import { type Cashier, openWindow, thisTab } from './cashier.js'
import { checkoutView } from './checkout-view.js'
import { isRetryable } from './client.js'
import { focusFault } from './field-view.js'
import { PayerForm } from './payer-form.js'
import { type Party, type Purchase, purchaseOf } from './purchase.js'

export { styles } from './checkout.styles.js'

/** What a checkout needs of its button. */
export interface CheckoutHost extends EventTarget {
  readonly dialog: DialogController
  readonly renderRoot: ParentNode
  readonly updateComplete: Promise<boolean>
  /** Only this channel, where it is set. */
  readonly channel: string | null
  readonly presentation: Presentation | 'auto'
  readonly strings: Partial<Strings> | undefined
  requestUpdate(): void
}

/** One button's checkout: what its dialog shows, and what the payer does there. */
export class Checkout implements Party {
  readonly host: CheckoutHost
  readonly session: OrderSession
  readonly purchase: Purchase
  readonly form = new PayerForm()
  readonly #announced = new Set<string>()
  readonly #ways = new Map<string, string>()
  #chosen: string | undefined
  #language: Language
  #strings: Strings

  constructor(host: CheckoutHost, session: OrderSession, language: Language, strings: Strings) {
    this.host = host
    this.session = session
    this.#language = language
    this.#strings = strings
    this.purchase = purchaseOf(session)
  }

  /** Changes the language. */
  speak(language: Language, strings: Strings): void {
    this.#language = language
    this.#strings = strings
  }

  get language(): Language {
    return this.#language
  }

  /** The sentence of `key` with its slots filled. */
  say(key: StringKey, values: Record<string, string> = {}): string {
    return fill(this.host.strings?.[key] ?? this.#strings[key], values)
  }

  /** The sentence of the first key there is. */
  sayFirst(keys: readonly string[], values: Record<string, string> = {}): string {
    const key = keys.find((key) => Object.hasOwn(this.#strings, key))
    return key ? this.say(key as StringKey, values) : ''
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
    return others.length ? this.channels.find(({ id }) => id === this.#chosen) : only
  }

  choose(channel: string): void {
    this.#chosen = channel
    this.host.requestUpdate()
  }

  /** The way that is chosen; the first one from the start. */
  wayOf({ id, ways }: Channel): string | undefined {
    return this.#ways.get(id) ?? ways?.[0]?.code
  }

  chooseWay(channel: Channel, way: string): void {
    this.#ways.set(channel.id, way)
    this.host.requestUpdate()
  }

  /** Who takes the money of the current payment. */
  get operator(): string {
    const { flow, offer } = this.session
    return offer?.channels.find(({ id }) => id === flow.payment?.channel)?.operator ?? ''
  }

  get presentation(): Presentation {
    return presentationFor(this.host.presentation)
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

  /** The payer pressed the confirming button. Everything up to the window is in that click. */
  confirm(): void {
    const { channel } = this
    if (!channel) return
    this.form.leaveAll(channel)
    const { faults } = this.form.check(channel)
    if (Object.keys(faults).length === 0) this.#submit(channel)
    else void this.#focusFault()
  }

  /** Another window for the same payment, from a click. */
  reopen(presentation = this.presentation): void {
    this.purchase.reopen(this.#cashierBy(presentation))
  }

  /** Gives up on the current payment, though it may still be paid. */
  stop(): void {
    this.purchase.stop()
    this.host.dialog.close('payer')
  }

  /** Looks at the order again. */
  async reload(): Promise<void> {
    await this.session.load(true)
    await this.purchase.prepare()
    this.host.requestUpdate()
  }

  told(payment: Payment): void {
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
    this.form.tell(fault.fields ?? {})
    this.host.dialog.show()
    void this.#focusFault()
  }

  blocked(): void {
    this.host.dialog.show()
  }

  /** Tells the page that nothing changed. */
  fail(fault: Fault): void {
    const { code, status } = fault
    const error = { code, retryable: isRetryable(fault), ...(status && { status }) }
    this.host.dispatchEvent(new PayErrorEvent(error))
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
    const way = this.wayOf(channel)
    const choice = {
      channel: channel.id,
      payer: this.form.check(channel).payer,
      presentation,
      ...(way !== undefined && { way }),
    }
    const cashier = channel.flow === 'redirect' ? this.#cashierBy(presentation) : undefined
    void this.purchase.submit(choice, cashier, event.awaited, this)
  }

  #cashierBy(presentation: Presentation): Cashier | undefined {
    if (presentation === 'redirect') return thisTab()
    const { seller, amount } = this.session.offer ?? {}
    return openWindow({
      language: this.language,
      title: this.say('preparing'),
      lines: [seller ?? '', amount ? this.money(amount) : '', this.say('preparing')],
    })
  }

  async #focusFault(): Promise<void> {
    this.host.requestUpdate()
    await this.host.updateComplete
    focusFault(this.host.renderRoot)
  }
}
