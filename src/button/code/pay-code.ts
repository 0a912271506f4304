import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import type { Channel } from '../../contract/offer.js'
import type { Payment } from '../../contract/payment.js'
import { formatMoney } from '../format.js'
import { formatTime } from '../format-time.js'
import { fill, type Language } from '../language.js'
import { Countdown, formatLeft, spokenMark } from './countdown.js'
import { groupCode } from './group-code.js'
import { styles } from './pay-code.styles.js'
import { printCode } from './print-code.js'
import type { CodeStrings } from './strings/en.js'
import { codeStrings } from './strings/index.js'

type Next = Extract<Payment['next'], { type: 'code' }>

/**
 * A payment code: the number, how long it can be paid, and how to pay it. Part of `<pay-button>`'s
 * dialog, loaded when a payment first has a code.
 *
 * @tagname pay-button-code
 * @csspart code - The code.
 * @csspart countdown - The time that is left.
 * @csspart copy - The button that copies it.
 */
export class PayCode extends LitElement {
  static override styles = styles
  static override properties = {
    payment: { attribute: false },
    channel: { attribute: false },
    language: { attribute: false },
    strings: { attribute: false },
    copied: { state: true },
  }

  /** The payment whose `next` is a code. */
  declare payment: Payment & { next: Next }
  declare channel: Pick<Channel, 'kind' | 'label'> | undefined
  declare language: Language
  /** Sentences in place of the built-in ones. */
  declare strings: Partial<CodeStrings> | undefined
  /** Whether the last press of "Copy" did copy; `undefined` before one. */
  declare copied: boolean | undefined

  readonly #countdown = new Countdown(this)

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('payment')) {
      this.#countdown.set(this.payment.next.expiresAt, this.payment.now)
    }
  }

  protected override render(): TemplateResult {
    const { next } = this.payment
    const { left } = this.#countdown
    return html`
      <div class="box">
        <p class="label">${this.#say('code')}</p>
        <p part="code">
          ${groupCode(next.code).map((group) => html`<span>${group}</span>`)}
        </p>
        ${left === undefined ? nothing : this.#remaining(left)}
        <div class="actions">
          <button part="copy" type="button" @click=${this.#copy}>
            ${this.#say(this.copied ? 'copied' : 'copy')}
          </button>
          <button type="button" @click=${this.#print}>${this.#say('print')}</button>
          ${
            navigator.canShare?.(this.#shared)
              ? html`<button type="button" @click=${this.#share}>${this.#say('share')}</button>`
              : nothing
          }
        </div>
        <p class="muted" role="status">
          ${this.copied === undefined ? nothing : this.#say(this.copied ? 'copied' : 'copyFailed')}
        </p>
      </div>
      <ol>
        ${this.#steps().map((step) => html`<li>${step}</li>`)}
      </ol>
      <p class="muted">${this.#say('wait')}</p>
    `
  }

  #remaining(left: number) {
    const mark = spokenMark(left)
    const time = formatLeft(left, this.language)
    return html`
      <p part="countdown" role="timer">
        ${left === 0 ? this.#say('over') : this.#say('remaining', { time })}
      </p>
      ${left === 0 ? nothing : html`<p class="muted">${this.#until}</p>`}
      <p class="unseen" aria-live="polite">
        ${
          mark === undefined || left === 0
            ? nothing
            : this.#say('remaining', { time: formatLeft(mark, this.language) })
        }
      </p>
    `
  }

  /** How to pay at this kind of channel, else what holds for every code. */
  #steps(): string[] {
    const { biller } = this.payment.next
    const values = {
      place: this.channel?.label ?? '',
      amount: formatMoney(this.payment.amount, this.language),
    }
    const own = `steps.${this.channel?.kind}.`
    const prefix = Object.keys(this.#words).some((key) => key.startsWith(own)) ? own : 'steps.'
    const steps = Object.entries(this.#words)
      .filter(([key]) => key.startsWith(prefix) && /^\d$/.test(key.slice(prefix.length)))
      .map(([, sentence]) => fill(sentence, values))
    return biller ? [...steps, this.#say('biller', { biller })] : steps
  }

  /** Says that it copied only when it did. */
  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.payment.next.code)
      this.copied = true
    } catch {
      this.copied = false
      const shown = this.renderRoot.querySelector('[part=code]')
      if (shown) getSelection()?.selectAllChildren(shown)
    }
  }

  #print(): void {
    const isOpen = printCode({
      language: this.language,
      title: this.#title,
      code: groupCode(this.payment.next.code).join(' '),
      lines: [...this.#until, ...this.#steps()],
    })
    if (!isOpen) print()
  }

  /** What goes to the system's share sheet: the code as it is to be typed, and the time. */
  get #shared(): ShareData {
    const amount = formatMoney(this.payment.amount, this.language)
    const lines = [`${this.#title} – ${amount}`, this.payment.next.code, ...this.#until]
    return { title: this.#title, text: lines.join('\n') }
  }

  /** Whoever closes the sheet knows that nothing was shared. */
  #share(): void {
    navigator.share(this.#shared).catch(() => undefined)
  }

  get #title(): string {
    return this.channel?.label ?? this.#say('code')
  }

  get #until(): string[] {
    const { expiresAt } = this.payment.next
    return expiresAt === null
      ? []
      : [this.#say('until', { time: formatTime(expiresAt, this.language) })]
  }

  #say(key: keyof CodeStrings, values: Record<string, string> = {}): string {
    return fill(this.#words[key], values)
  }

  get #words(): CodeStrings {
    return { ...codeStrings[this.language], ...this.strings }
  }
}

/** Defined once, however often the script is loaded. */
export function defineCode(): void {
  if (!customElements.get('pay-button-code')) customElements.define('pay-button-code', PayCode)
}

declare global {
  interface HTMLElementTagNameMap {
    'pay-button-code': PayCode
  }
}
