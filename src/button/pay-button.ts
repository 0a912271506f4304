import { adoptStyles, type CSSResult, html, LitElement, nothing, type TemplateResult } from 'lit'
import type { Offer } from '../contract/offer.js'
import type { Payment, Presentation } from '../contract/payment.js'
import { CheckoutController } from './checkout-controller.js'
import { DialogController } from './dialog-controller.js'
import type { CloseReason } from './events/pay-close.js'
import { PayErrorEvent } from './events/pay-error.js'
import { PayOpenEvent } from './events/pay-open.js'
import type { OwnCode } from './fault.js'
import { formatMoney } from './format.js'
import { fill, type Words } from './language.js'
import type { OrderSource, SessionMember } from './order-session.js'
import { styles } from './pay-button.styles.js'
import { type Labels, labels } from './strings/labels.js'
import { noteMade, turn } from './turns.js'

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
 * @attr {string} lang - What the button speaks, as a BCP 47 tag such as `zh-TW`. Left out: the
 *   nearest `lang` around it, through shadow roots, else English.
 * @attr {'loading' | 'submitting' | 'waiting' | 'paid' | 'failed'} state - Read-only, for CSS.
 *
 * @slot - The label while nothing is under way, in place of "Pay NT$300": text, or an icon with
 *   text. Name no amount in it: the button's own follows the order.
 * @slot waiting - The label while a payment is open, in place of "Waiting for your payment…".
 * @slot paid - The label once the order is paid, in place of "Paid".
 * @slot trigger - Any element in place of the whole button, such as a button of your own design.
 *   Its click is the press; what it says in which `state` is up to the page.
 *
 * @fires {PayOpenEvent} pay-open - The payer pressed, or the page called `open()`, before anything
 *   happens. Cancelable: `preventDefault()` keeps the checkout shut, for a cart that is not valid
 *   yet. `detail`: `{}`.
 * @fires {PaySubmitEvent} pay-submit - The payer confirmed a way to pay; still inside the click,
 *   before a window opens and before anything is sent. Cancelable. `waitUntil` holds the request
 *   back until a promise of yours resolves, such as a last check of the stock; where it rejects, no
 *   payment is made. `detail`: `{channel, amount, waitUntil(promise)}`.
 * @fires {PayPendingEvent} pay-pending - A payment was made and is open: once for each payment, and
 *   again in a page that finds it after a reload. For a note such as "we wait for your transfer".
 *   `detail`: `{payment}`.
 * @fires {PaySuccessEvent} pay-success - The proxy says that the payment is paid: once for each
 *   payment and element, after a reload too. For the payer's eyes, such as a page of thanks. Goods
 *   go out on what your server hears. `detail`: `{payment}`.
 * @fires {PayFailureEvent} pay-failure - A payment failed, expired or was canceled: once for each
 *   payment and status. The payer can try again, and a success may still follow: release nothing on
 *   it. `detail`: `{payment}`.
 * @fires {PayErrorEvent} pay-error - An attempt made no payment, or the order could not be read;
 *   the dialog has told the payer, but of a mistake in the page. For your own records. `detail`:
 *   `{error: {code, status?, retryable}}`.
 * @fires {PayCloseEvent} pay-close - The dialog closed, which cancels nothing. `reason` is `payer`,
 *   `api` (by `close()`, or another button's dialog), `settled` (the payer was done) or `removed`
 *   (the element left the page). `detail`: `{reason}`.
 *
 * @csspart button - The button. Not there where the slot `trigger` is filled.
 * @csspart label - The text of the button.
 * @csspart spinner - The ring that turns while something loads or is waited for.
 * @csspart dialog - The dialog: its ground, border and corners.
 * @csspart header - The top of the dialog: seller, amount, description and the mark of test mode.
 * @csspart amount - The amount in the dialog.
 * @csspart close - The ✕ that closes the dialog.
 * @csspart channel - A way to pay; each is one choice with a radio button.
 * @csspart field - A label with its input and its fault.
 * @csspart input - An input, or the list of banks.
 * @csspart fault - The sentence that says what is wrong with an input.
 * @csspart submit - The button that confirms, such as "Continue to Vexora – NT$300".
 * @csspart status - The sentence that says where things stand.
 * @csspart code - A payment code, in groups of digits.
 * @csspart countdown - The time that is left to pay a code.
 * @csspart copy - The button that copies a code.
 *
 * @cssproperty {<color>} [--pay-accent=#1a56db] - Ground of the confirming buttons, and the marks
 *   of what is chosen or has the focus. Your brand's colour, 4.5:1 against `--pay-on-accent` and
 *   3:1 against `--pay-surface`.
 * @cssproperty {<color>} [--pay-on-accent=#fff] - Text on the accent.
 * @cssproperty {<color>} [--pay-surface=Canvas] - Ground of the dialog and its inputs. Set it
 *   together with `--pay-text`.
 * @cssproperty {<color>} [--pay-text=CanvasText] - Text of the dialog, 4.5:1 against
 *   `--pay-surface`.
 * @cssproperty {<color>} [--pay-muted=color-mix(in srgb, CanvasText 68%, Canvas)] - Lesser text,
 *   and the lines made from it; 4.5:1 against `--pay-surface`.
 * @cssproperty {<color>} [--pay-danger=color-mix(in srgb, #e5484d 72%, CanvasText)] - Faults and
 *   what failed; 4.5:1 against `--pay-surface`.
 * @cssproperty {<length>} [--pay-radius=0.5rem] - Corners of buttons, inputs and dialog; `0` for
 *   square ones.
 * @cssproperty [--pay-font=max(1rem, 16px) / 1.5 system-ui] - The `font` shorthand of button and
 *   dialog: size, line height and family. Below 16px iOS zooms into the inputs.
 * @cssproperty {<length>} [--pay-width=27rem] - The dialog's width on a screen wider than 30rem;
 *   below, it is a sheet as wide as the screen.
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

  /**
   * What is paid: your reference of the order, or an order token that your server signed. As a property
   * also a function that returns one, or a promise of it, for a cart whose order is only made then: it
   * runs at each press until a payment is begun, and again where the token has expired. Required.
   *
   * @type {string | (() => string | Promise<string>)}
   */
  declare order: OrderSource | null | undefined
  /**
   * The proxy's address, absolute or relative to the page. Needed with a bundler, where the script does
   * not come from the proxy; with the script tag the default is the folder of the script.
   *
   * @type {string}
   */
  declare endpoint: string | null | undefined
  /**
   * Offers only the channel of this id, such as `paycools:BNI_VA`, for a page that has its own choice of
   * ways to pay: one button for each. All that fit the order by default.
   *
   * @type {string}
   */
  declare channel: string | null | undefined
  /**
   * Where the provider's cashier page opens: `popup` in a window of its own, `redirect` in place of
   * your page, to which the payer comes back. `auto` is a window, and the same tab in the browsers
   * inside apps, whose windows fail. Set it only where you know better.
   *
   * @type {'auto' | 'popup' | 'redirect'}
   */
  declare presentation: Presentation | 'auto'
  /** Takes no press, such as while the cart is empty. A payment that is open goes on. */
  declare disabled: boolean
  /**
   * Sentences in place of the built-in ones, by their keys, in the language that the page speaks:
   * `{ payAmount: 'Buy for {amount}' }`. What stands in braces is filled in. A property only.
   *
   * @type {Partial<Words>}
   */
  declare strings: Partial<Words> | undefined

  /** @internal */
  readonly dialog = new DialogController(this)
  readonly #desk = new CheckoutController(this)
  #isPreparing = false
  /** The state that the dialog last told, which is not told again when it closes. */
  #seen: PayState | undefined

  constructor() {
    super()
    noteMade()
    this.presentation = 'auto'
    this.disabled = false
  }

  /**
   * What the order costs and how it can be paid; `undefined` until the checkout has loaded, on idle or
   * at the press.
   */
  get offer(): Offer | undefined {
    return this.#desk.session?.offer
  }

  /** The payment that counts: the one that is waited for, or what came of it. `undefined` before. */
  get payment(): Payment | undefined {
    return this.#desk.session?.flow.payment
  }

  /**
   * Where the payment of the order stands, as the attribute of that name says it for CSS; `undefined`
   * while there is none.
   */
  get state(): PayState | undefined {
    const { flow, preview } = this.#desk.session ?? {}
    if (flow && flow.phase !== 'idle') return flow.phase
    if (preview?.paid) return 'paid'
    return this.#isPreparing ? 'loading' : undefined
  }

  /**
   * As a press: for a button of your own that is not in the slot `trigger`. Call it inside a click,
   * without awaiting anything before, or the browser opens no window. Does nothing while it is disabled,
   * busy or paid.
   */
  open(): void {
    // What was set just now counts.
    if (this.isUpdatePending) this.performUpdate()
    const { state } = this
    if (this.disabled || state === 'paid' || state === 'loading' || state === 'submitting') return
    if (state === 'waiting') this.#show()
    else if (this.dispatchEvent(new PayOpenEvent())) this.#begin()
  }

  /** Closes the dialog, such as when the page moves on. Cancels no payment. */
  close(): void {
    this.dialog.close('api')
  }

  /** Looks at the order again: call it after the cart and so the amount have changed. */
  async refresh(): Promise<void> {
    this.#desk.session?.outdate()
    await this.#desk.session?.load(true)
  }

  /** @internal */
  sessionChanged(): void {
    this.requestUpdate()
  }

  /** @internal */
  adopt(more: CSSResult): void {
    adoptStyles(this.renderRoot as ShadowRoot, [styles, more])
  }

  protected override scheduleUpdate(): undefined | Promise<unknown> {
    const later = turn()?.then(() => this.scheduleUpdate())
    if (!later) super.performUpdate()
    return later
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
    const warm = async () => {
      if (!this.dialog.isDrawn) await (await this.#desk.load())?.rehearse()
    }
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
        ${this.dialog.isDrawn ? this.#content() : nothing}
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
    this.#desk.session?.outdate()
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

  #fail(code: OwnCode): void {
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
