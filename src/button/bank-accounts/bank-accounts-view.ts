import { html, nothing, type TemplateResult } from 'lit'
import type { Channel, Field } from '../../contract/offer.js'
import type { Checkout } from '../checkout/checkout.js'
import type { Input } from '../checkout/input-view.js'
import type { PayerForm } from '../checkout/payer-form.js'
import { fill } from '../language.js'
import { type AccountRow, AccountRows, type Part } from './account-rows.js'
import { banks } from './banks.js'
import type { BankAccountStrings } from './strings/en.js'
import { bankAccountStrings } from './strings/index.js'

/** Kept with the form, so over channels and closed dialogs. */
const rowsOf = new WeakMap<PayerForm, AccountRows>()

/** The bank accounts that a payer pays from: a fieldset each, its code by number or by name. */
export function bankAccountsView(
  checkout: Checkout,
  { operator }: Channel,
  field: Field,
  inputView: (input: Input) => TemplateResult,
): TemplateResult {
  const { form, host } = checkout
  const { name } = field
  const list = rowsOf.get(form) ?? new AccountRows(form, field)
  rowsOf.set(form, list)
  list.look()

  const say = (key: keyof BankAccountStrings, values: Record<string, string> = {}) =>
    fill(host.strings?.[key] ?? bankAccountStrings[checkout.language][key], values)

  /** After a change of the rows: to an input that is there now, and what a screen reader hears. */
  const goTo = async (index: number, news: string) => {
    form.news = news
    host.requestUpdate()
    await host.updateComplete
    host.renderRoot.querySelector<HTMLElement>(`[name="${name}.${index}.code"]`)?.focus()
  }

  const rowView = (row: AccountRow, index: number) => {
    const number = String(index + 1)
    const place = `${name}.${index}`

    const write = (part: Part, text: string) => {
      list.write(row, part, text)
      host.requestUpdate()
    }
    const choose = (event: Event) => write('code', (event.currentTarget as HTMLSelectElement).value)
    const paste = (event: ClipboardEvent) => {
      if (!list.fill(row, event.clipboardData?.getData('text') ?? '')) return
      event.preventDefault()
      form.news = say('bank.filled')
      host.requestUpdate()
    }
    const leave = (event: FocusEvent) => {
      const fieldset = event.currentTarget as Element
      list.tidy(row)
      if (!fieldset.contains(event.relatedTarget as Node | null) && checkout.hasLeft(event))
        list.leave(row)
      host.requestUpdate()
    }
    const remove = () => {
      list.remove(row)
      void goTo(Math.min(index, list.rows.length - 1), say('bank.removed', { number }))
    }
    const input = (part: Part, id: string, label: string) =>
      inputView({
        id,
        label,
        value: row[part],
        type: 'numeric',
        autocomplete: 'off',
        isRequired: true,
        isLast: part === 'account' && index === list.rows.length - 1,
        fault: row.faults[part] && say(`fault.bank.${part}`),
        onInput: (text) => write(part, text),
      })
    return html`
      <fieldset
        aria-describedby="${name}-hint"
        @focusout=${leave}
        @paste=${paste}
      >
        <legend>${say('bank.account', { number })}</legend>
        <div class="item">
          ${input('code', `${place}.code`, say('bank.code'))}
          <div part="field" class="field">
          <label for="${place}.bank">${say('bank.name')}</label>
          <select part="input" id="${place}.bank" @change=${choose}>
            <option value=""></option>
            ${banks.map(
              ([code, bank]) => html`<option
                value=${code}
                lang="zh-Hant-TW"
                .selected=${code === row.code}
              >
                ${code} ${bank}
              </option>`,
            )}
          </select>
          </div>
        </div>
        ${input('account', place, say('bank.number'))}
        ${
          list.rows.length > 1
            ? html`<button
                type="button"
                class="plain"
                @click=${remove}
              >
                ${say('bank.remove', { number })}
              </button>`
            : nothing
        }
      </fieldset>
    `
  }
  const add = () => {
    list.add()
    void goTo(list.rows.length - 1, '')
  }
  return html`
    <p class="muted" id="${name}-hint">${say('bank.hint', { operator })}</p>
    ${list.rows.map(rowView)}
    ${
      list.isFull
        ? nothing
        : html`<button type="button" class="plain" @click=${add}>${say('bank.add')}</button>`
    }
  `
}
