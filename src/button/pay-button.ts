import { adoptStyles, type CSSResult, html, LitElement, nothing, type TemplateResult } from 'lit'
import type { Offer } from '../contract/offer.js'
import type { Payment, Presentation } from '../contract/payment.js'
import { CheckoutController } from './checkout-controller.js'
import { DialogController } from './dialog-controller.js'
import type { CloseReason } from './events/pay-close.js'
import { PayErrorEvent } from './events/pay-error.js'
import { PayOpenEvent } from './events/pay-open.js'
import { formatMoney } from './format.js'
import { fill, type Words } from './language.js'
import type { OrderSource, SessionMember } from './order-session.js'
import { styles } from './pay-button.styles.js'
import { type Labels, labels } from './strings/labels.js'

/** Where the payment of a button's order stands; while there is none, nothing. */
export type PayState = 'loading' | 'submitting' | 'waiting' | 'paid' | 'failed'

/**
 * Takes the payment of one order.
 *
 * @summary A payment button with its checkout.
 * @tagname pay-button
 *
 * @attr {string} order - The order's reference or token.
 * @attr {string} endpoint - The proxy's address; needed where the script does not come from it.
 * @attr {string} channel - Offers only this channel.
 * @attr {'auto' | 'popup' | 'redirect'} presentation - Where the cashier page opens.
 * @attr {boolean} disabled - Takes no press.
 * @attr {string} lang - The language, else that of the nearest `lang` around it.
 * @attr {PayState} state - Read-only, for CSS.
 *
 * @slot - The label while idle.
 * @slot waiting - The label while a payment is open.
 * @slot paid - The label once paid.
 * @slot trigger - Any element in place of the button.
 *
 * @fires {PayOpenEvent} pay-open - Pressed. Cancelable.
 * @fires {PaySubmitEvent} pay-submit - Confirmed, inside the click. Cancelable.
 * @fires {PayPendingEvent} pay-pending - A payment is open.
 * @fires {PaySuccessEvent} pay-success - Paid; once for each payment.
 * @fires {PayFailureEvent} pay-failure - Failed, expired or canceled; a success may still follow.
 * @fires {PayErrorEvent} pay-error - Nothing changed.
 * @fires {PayCloseEvent} pay-close - The dialog closed.
 *
 * @csspart button - The button.
 * @csspart label - Its text.
 * @csspart spinner - What turns while it works.
 * @csspart dialog - The dialog.
 * @csspart header - Seller, amount, description.
 * @csspart amount - The amount in the dialog.
 * @csspart close - The button that closes the dialog.
 * @csspart channel - A way to pay.
 * @csspart field - A label with its input.
 * @csspart input - An input.
 * @csspart fault - What is wrong with an input.
 * @csspart submit - The confirming button.
 * @csspart status - The sentence that says where things stand.
 * @csspart code - A payment code.
 *
 * @cssproperty {<color>} [--pay-accent=#1a56db] - Colour of buttons and marks.
 * @cssproperty {<color>} [--pay-on-accent=#fff] - Text on the accent.
 * @cssproperty {<color>} [--pay-surface=Canvas] - The dialog's ground.
 * @cssproperty {<color>} [--pay-text=CanvasText] - The dialog's text.
 * @cssproperty {<color>} [--pay-muted=color-mix(in srgb, CanvasText 68%, Canvas)] - Lesser text and lines.
 * @cssproperty {<color>} [--pay-danger=color-mix(in srgb, #e5484d 72%, CanvasText)] - Faults.
 * @cssproperty {<length>} [--pay-radius=0.5rem] - Corners.
 * @cssproperty [--pay-font=max(1rem, 16px) / 1.5 system-ui] - The `font` shorthand.
 * @cssproperty {<length>} [--pay-width=27rem] - The dialog's width.
 */
export class PayButton extends LitElement implements SessionMember {
  static override styles = styles

  static override properties = {
    order: {
      reflect: true,
      converter: { toAttribute: (order: unknown) => (typeof order === 'string' ? order : null) },
    },
    endpoint: { reflect: true },
    channel: { reflect: true },
    presentation: { reflect: true },
    disabled: { type: Boolean, reflect: true },
    strings: { attribute: false },
    // Only to notice a change: `lang` is the platform's own property, and reflects at once.
    langAttribute: { attribute: 'lang' },
  }

  /** Where the proxy is for buttons without `endpoint`; the script tag's build sets it. */
  static base: string | undefined

  /** The order's reference or token, or a function that makes one when it is needed. */
  declare order: OrderSource | null | undefined
  /** The proxy's address, absolute or relative to the page. */
  declare endpoint: string | null | undefined
  /** Offers only the channel of this id. */
  declare channel: string | null | undefined
  /**
   * Where the cashier page opens; `auto` knows the browsers whose windows fail.
   *
   * @type {'auto' | 'popup' | 'redirect'}
   */
  declare presentation: Presentation | 'auto'
  /** Takes no press. */
  declare disabled: boolean
  /** Sentences in place of the built-in ones. */
  declare strings: Partial<Words> | undefined

  /** @internal */
  readonly dialog = new DialogController(this)
  readonly #desk = new CheckoutController(this)
  #isPreparing = false
  /** The state that the dialog last told, which is not told again when it closes. */
  #seen: PayState | undefined

  constructor() {
    super()
    this.presentation = 'auto'
    this.disabled = false
  }

  /** What the order costs and how it can be paid; there once the checkout has loaded. */
  get offer(): Offer | undefined {
    return this.#desk.session?.offer
  }

  /** The payment that counts. */
  get payment(): Payment | undefined {
    return this.#desk.session?.flow.payment
  }

  /** Where the payment stands. */
  get state(): PayState | undefined {
    const { flow, preview } = this.#desk.session ?? {}
    if (flow && flow.phase !== 'idle') return flow.phase
    if (preview?.paid) return 'paid'
    return this.#isPreparing ? 'loading' : undefined
  }

  /** As a press: call it inside a click, so that a window may open. */
  open(): void {
    // What was set just now counts.
    if (this.isUpdatePending) this.performUpdate()
    const { state } = this
    if (this.disabled || state === 'paid' || state === 'loading' || state === 'submitting') return
    if (state === 'waiting') this.#show()
    else if (this.dispatchEvent(new PayOpenEvent())) this.#begin()
  }

  /** Closes the dialog. Cancels no payment. */
  close(): void {
    this.dialog.close('api')
  }

  /** Looks at the order again. */
  async refresh(): Promise<void> {
    await this.#desk.session?.load(true)
  }

  /** @internal */
  sessionChanged(): void {
    this.requestUpdate()
  }

  /** @internal */
  adopt(more: CSSResult): void {
    if (this.renderRoot instanceof ShadowRoot) adoptStyles(this.renderRoot, [styles, more])
  }

  protected override updated(): void {
    const { state } = this
    if (state) this.setAttribute('state', state)
    else this.removeAttribute('state')
  }

  protected override render(): TemplateResult {
    const { state } = this
    const isBusy = state === 'loading' || state === 'submitting'
    const { language } = this.#desk
    const { preview, flow } = this.#desk.session ?? {}
    const isTest = preview?.test || flow?.payment?.test
    if (this.dialog.open || !state) this.#seen = state
    const warm = () => this.#desk.load()
    return html`
      <slot name="trigger" @click=${this.open} @pointerenter=${warm} @focusin=${warm}>
        <button
          part="button"
          class="button"
          type="button"
          lang=${language}
          ?disabled=${this.disabled}
          aria-disabled=${isBusy || state === 'paid' ? 'true' : nothing}
          aria-describedby=${isTest ? 'test' : nothing}
        >
          ${isBusy || state === 'waiting' ? spinner : nothing}
          <span part="label">${this.#label()}</span>
          ${isTest ? html`<small id="test" aria-hidden="true">${this.#word('testMark')}</small>` : nothing}
        </button>
      </slot>
      <span class="unseen" role="status" lang=${language}>
        ${state && state !== this.#seen ? this.#word(state) : nothing}
      </span>
      <dialog
        part="dialog"
        lang=${language}
        aria-labelledby="heading"
        @close=${() => this.dialog.closedByBrowser(this.#closeReason)}
      >
        ${this.#content()}
        <button
          part="close"
          class="close"
          type="button"
          aria-label=${this.#word('close')}
          @click=${() => this.dialog.close(this.#closeReason)}
        >
          ✕
        </button>
      </dialog>
    `
  }

  get #closeReason(): CloseReason {
    return this.state === 'paid' ? 'settled' : 'payer'
  }

  #word(key: keyof Labels | PayState): string {
    const words: Partial<Words> = this.#desk.checkout?.words ?? labels[this.#desk.language]
    return this.strings?.[key] ?? words[key] ?? '…'
  }

  #label(): TemplateResult {
    const { state } = this
    // The page words only two of the states; a slot of another name stays empty.
    if (state) return html`<slot name=${state}>${this.#word(state)}</slot>`
    const own = [...this.childNodes].some(isLabel)
    return html`
      <slot ?hidden=${!own} @slotchange=${() => this.requestUpdate()}></slot>
      ${own ? nothing : this.#payLabel()}
    `
  }

  #payLabel(): string {
    const amount = this.#desk.session?.preview?.amount
    const shown = amount ? formatMoney(amount, this.#desk.language) : ''
    return fill(this.#word('payAmount'), { amount: shown }).trim()
  }

  #content(): TemplateResult {
    if (this.#isPreparing) return html`<p id="heading">${this.#word('loading')}</p>${spinner}`
    // A page that is older than what the proxy serves now asks for chunks that are gone.
    return (
      this.#desk.checkout?.render() ??
      html`
        <p id="heading">${this.#word('problem.unreachable')}</p>
        <button class="button" @click=${this.#prepare}>${this.#word('retry')}</button>
        <button class="plain" @click=${() => location.reload()}>${this.#word('reload')}</button>
      `
    )
  }

  #begin(): void {
    if (!this.#desk.session) this.#fail('not-configured')
    else if (this.#desk.isReady && this.#desk.checkout?.payAtOnce()) return
    else if (this.#show() && !this.#desk.isReady) void this.#prepare()
  }

  #show(): boolean {
    const isShown = this.dialog.show()
    if (!isShown) this.#fail('not-rendered')
    return isShown
  }

  async #prepare(): Promise<void> {
    this.#isPreparing = true
    this.requestUpdate()
    await this.#desk.prepare()
    this.#isPreparing = false
    this.requestUpdate()
    const { checkout, session } = this.#desk
    if (!checkout) this.#fail('unreachable')
    else if (session?.fault) checkout.fail(session.fault)
  }

  #fail(code: string): void {
    this.dispatchEvent(new PayErrorEvent({ code, retryable: code === 'unreachable' }))
  }
}

/** What the page put into the default slot; white space is no label. */
function isLabel(node: Node): boolean {
  return node instanceof Element ? !node.slot : node instanceof Text && node.data.trim() !== ''
}

const spinner = html`<span part="spinner" class="spinner"></span>`

declare global {
  interface HTMLElementTagNameMap {
    'pay-button': PayButton
  }
}
