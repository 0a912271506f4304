import { html, nothing, type TemplateResult } from 'lit'
import type { Field } from '../../contract/offer.js'
import { formatOf } from '../../contract/payer-fields.js'
import type { Checkout } from './checkout.js'
import type { ShownFaults } from './payer-form.js'

/** The first input at fault, in reading order. */
export function focusFault(root: ParentNode): void {
  root.querySelector<HTMLElement>('[aria-invalid]')?.focus()
}

/** A field of one value. */
export function fieldView(checkout: Checkout, field: Field, faults: ShownFaults): TemplateResult {
  const { name } = field
  return inputView(checkout, field, {
    place: name,
    label: labelOf(checkout, field),
    value: checkout.form.text(name),
    fault: faults[name],
    type: (value) => checkout.form.type(name, value),
  })
}

/** A field of several values, each in an input of its own. */
export function listView(checkout: Checkout, field: Field, faults: ShownFaults): TemplateResult {
  const { name, maxItems = 1 } = field
  const items = checkout.form.items(name)
  const set = (changed: string[]) => {
    checkout.form.type(name, changed)
    checkout.host.requestUpdate()
  }
  const hint = checkout.sayFirst([`hint.${name}`])
  return html`
    <fieldset aria-describedby=${hint ? `${name}-hint` : nothing}>
      <legend>${labelOf(checkout, field)}</legend>
      ${hint ? html`<p class="muted" id="${name}-hint">${hint}</p>` : nothing}
      ${items.map((value, index) => {
        const place = `${name}.${index}`
        const number = String(index + 1)
        return html`<div class="item">
          ${inputView(checkout, field, {
            place,
            label: checkout.say('account', { number }),
            value,
            fault: faults[place] ?? (index === 0 ? faults[name] : undefined),
            type: (typed) => checkout.form.type(name, replaced(items, index, typed)),
          })}
          ${
            items.length > 1
              ? html`<button
                  type="button"
                  class="plain"
                  aria-label=${checkout.say('account.remove', { number })}
                  @click=${() => set(items.filter((_, at) => at !== index))}
                >
                  ✕
                </button>`
              : nothing
          }
        </div>`
      })}
      ${
        items.length < maxItems
          ? html`<button type="button" class="plain" @click=${() => set([...items, ''])}>
              ${checkout.say('account.add')}
            </button>`
          : nothing
      }
    </fieldset>
  `
}

interface Input {
  /** `mobile`, or `bankAccounts.1` in a list. */
  place: string
  label: string
  value: string
  fault: string | undefined
  type(value: string): void
}

function inputView(checkout: Checkout, field: Field, input: Input): TemplateResult {
  const { place, label, value, fault, type } = input
  const format = formatOf(field)
  const changed = (event: Event) => {
    type((event.currentTarget as HTMLInputElement).value)
    checkout.host.requestUpdate()
  }
  const left = () => {
    if (value) checkout.form.leave(place)
    checkout.host.requestUpdate()
  }
  return html`
    <div part="field" class="field">
      <label for=${place}>${label}</label>
      <input
        part="input"
        id=${place}
        name=${place}
        type=${format.type}
        inputmode=${format.inputMode}
        autocomplete=${format.autocomplete}
        aria-required=${field.required ? 'true' : nothing}
        aria-invalid=${fault ? 'true' : nothing}
        aria-describedby=${fault ? `${place}-fault` : nothing}
        .value=${value}
        @input=${changed}
        @blur=${left}
      />
      ${
        fault
          ? html`<p part="fault" id="${place}-fault">${faultSentence(checkout, field, fault)}</p>`
          : nothing
      }
    </div>
  `
}

function replaced(items: readonly string[], index: number, value: string): string[] {
  return items.map((item, at) => (at === index ? value : item))
}

function labelOf(checkout: Checkout, { name, required }: Field): string {
  const field = checkout.sayFirst([`field.${name}`]) || name
  return required ? field : checkout.say('optional', { field })
}

/** A field's own sentence for the fault, else the one for every field. */
function faultSentence(checkout: Checkout, { name }: Field, fault: string): string {
  return checkout.sayFirst([`fault.${fault}.${name}`, `fault.${fault}`, 'fault.format'])
}
