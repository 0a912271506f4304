import { html, nothing, type TemplateResult } from 'lit'
import type { Field } from '../../contract/offer.js'
import { formatOf } from '../../contract/payer-fields.js'
import type { Checkout } from './checkout.js'
import type { ShownFaults } from './payer-form.js'

/** A field with its one input, or with those of its list. */
export function fieldView(checkout: Checkout, field: Field, faults: ShownFaults): TemplateResult {
  const { name, required, maxItems } = field
  const values = checkout.form.values(name)
  const format = formatOf(field)
  const known = checkout.sayFirst([`field.${name}`]) || name
  const title = required ? known : checkout.say('optional', { field: known })

  const set = (changed: string[]) => {
    checkout.form.type(name, changed)
    checkout.host.requestUpdate()
  }
  /** The sentence of the field's format for a fault, else the one for every field. */
  const sentence = (fault: string) =>
    checkout.sayFirst([`fault.${fault}.${field.format}`, `fault.${fault}`, 'fault.format'])
  const input = (
    value: string,
    index: number,
    place: string,
    label: string,
    fault = faults[place],
  ) => {
    const type = (event: InputEvent) => {
      const typed = (event.currentTarget as HTMLInputElement).value
      set(values.map((other, at) => (at === index ? typed : other)))
    }
    const leave = () => {
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
          aria-required=${required}
          aria-invalid=${fault ? 'true' : nothing}
          aria-describedby=${fault ? `${place}-fault` : nothing}
          .value=${value}
          @input=${type}
          @blur=${leave}
        />
        ${fault ? html`<p part="fault" id="${place}-fault">${sentence(fault)}</p>` : nothing}
      </div>
    `
  }
  if (!maxItems) return html`${values.map((value) => input(value, 0, name, title))}`

  const item = (value: string, index: number) => {
    const number = String(index + 1)
    const place = `${name}.${index}`
    const fault = faults[place] ?? (index ? undefined : faults[name])
    return html`<div class="item">
      ${input(value, index, place, checkout.say('account', { number }), fault)}
      ${
        values.length > 1
          ? html`<button
              type="button"
              class="plain"
              aria-label=${checkout.say('account.remove', { number })}
              @click=${() => set(values.filter((_, at) => at !== index))}
            >
              ✕
            </button>`
          : nothing
      }
    </div>`
  }
  return html`
    <fieldset aria-describedby="${name}-hint">
      <legend>${title}</legend>
      <p class="muted" id="${name}-hint">${checkout.sayFirst([`hint.${name}`])}</p>
      ${values.map(item)}
      ${
        values.length < maxItems
          ? html`<button type="button" class="plain" @click=${() => set([...values, ''])}>
              ${checkout.say('account.add')}
            </button>`
          : nothing
      }
    </fieldset>
  `
}
