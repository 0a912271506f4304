import { html, type TemplateResult } from 'lit'
import type { Channel, Field } from '../../contract/offer.js'
import { formatOf } from '../../contract/payer-fields.js'
import type { Checkout } from './checkout.js'
import { inputView } from './input-view.js'

type BankAccounts = typeof import('../bank-accounts/bank-accounts-view.js')

/** There once it has loaded; `null` where it could not. */
let bankAccounts: BankAccounts | null | undefined

/** Loads what only some channels ask for, before one is chosen. */
export async function loadFieldsOf({ channels, host }: Checkout): Promise<void> {
  const isAsked = channels.some(({ fields }) => fields.some(({ maxItems }) => maxItems))
  if (!isAsked || bankAccounts !== undefined) return
  bankAccounts = await import('../bank-accounts/bank-accounts-view.js').catch(() => null)
  host.requestUpdate()
}

/** Where a field stands among those of its channel. */
interface Place {
  isLast: boolean
  /** The id of what is said of this field elsewhere. */
  hint?: string
}

/** A field with its input; a list of bank accounts with all that helps to write them. */
export function fieldView(
  checkout: Checkout,
  channel: Channel,
  field: Field,
  { isLast, hint }: Place,
): TemplateResult {
  if (field.maxItems) {
    if (bankAccounts) return bankAccounts.bankAccountsView(checkout, channel, field, inputView)
    if (bankAccounts === undefined) return html`<p class="loading">${checkout.say('loading')}</p>`
    const again = () => {
      bankAccounts = undefined
      checkout.host.requestUpdate()
    }
    return html`
      <p>${checkout.say('problem.unreachable')}</p>
      <button type="button" class="plain" @click=${again}>${checkout.say('retry')}</button>
    `
  }
  const { name, required } = field
  const { form, host } = checkout
  const format = formatOf(field)
  const known = checkout.sayFirst([`field.${name}`]) || name
  const title = required ? known : checkout.say('optional', { field: known })
  const fault = form.faults[name]
  /** The sentence of the field's format for a fault, else the one for every field. */
  const sentence = (fault: string) =>
    checkout.sayFirst([`fault.${fault}.${field.format}`, `fault.${fault}`, 'fault.format'])

  return inputView({
    id: name,
    label: title,
    value: form.values(name)[0] ?? '',
    type: format.type,
    autocomplete: format.autocomplete,
    isRequired: required,
    isLast,
    fault: fault && sentence(fault),
    hint,
    onInput: (value) => {
      form.type(field, [value])
      host.requestUpdate()
    },
    onLeave: (event) => {
      if (!checkout.hasLeft(event)) return
      const fault = form.leave(field)
      if (fault) form.news = `${title}: ${sentence(fault)}`
      host.requestUpdate()
    },
  })
}
