import { html, nothing, type TemplateResult } from 'lit'
import type { Channel, Field } from '../../contract/offer.js'
import type { Checkout } from './checkout.js'
import { fieldView, listView } from './field-view.js'

/** The channels, what the chosen one asks, and the button that confirms. */
export function formView(checkout: Checkout): TemplateResult {
  const { channel, channels } = checkout
  const confirm = (event: Event) => {
    event.preventDefault()
    checkout.confirm()
  }
  return html`
    <form novalidate @submit=${confirm}>
      ${
        channels.length > 1
          ? radios(
              checkout.say('channels'),
              'channel',
              channels.map((each) => ({ value: each.id, ...titleOf(checkout, each) })),
              channel?.id,
              (id) => checkout.choose(id),
            )
          : channels.map((only) => html`<p part="channel">${titleOf(checkout, only).title}</p>`)
      }
      ${channel ? questionsOf(checkout, channel) : nothing}
    </form>
  `
}

function questionsOf(checkout: Checkout, channel: Channel): TemplateResult {
  const { ways = [], operator, flow } = channel
  const { offer } = checkout.session
  const amount = offer ? checkout.money(offer.amount) : ''
  return html`
    ${
      ways.length > 1
        ? radios(
            checkout.say('ways'),
            'way',
            ways.map(({ code, label }) => ({ value: code, title: label })),
            checkout.wayOf(channel),
            (way) => checkout.chooseWay(channel, way),
          )
        : nothing
    }
    ${fieldsOf(checkout, channel)}
    <button type="submit" part="submit" class="button">
      <span>${checkout.say('submit', { operator, amount })}</span>
      ${
        flow === 'redirect' && checkout.presentation === 'popup'
          ? html`<span class="unseen">(${checkout.say('newWindow')})</span>`
          : nothing
      }
    </button>
  `
}

function fieldsOf(checkout: Checkout, channel: Channel): TemplateResult[] {
  const faults = checkout.form.shownFaults(channel)
  const isPayer = ({ name }: Field) => /Name$|^mobile$/.test(name)
  return inReadingOrder(checkout, channel.fields).map((field, index, fields) => {
    // The hint about the payer stands once, under the last field it speaks of.
    const isHinted = isPayer(field) && !fields.slice(index + 1).some(isPayer)
    return html`
      ${(field.maxItems ? listView : fieldView)(checkout, field, faults)}
      ${isHinted ? html`<p class="muted">${checkout.say('hint.payer')}</p>` : nothing}
    `
  })
}

const FAMILY_NAME_FIRST: readonly string[] = ['zh-Hant']

/** As the proxy lists them, but with the family name first where the language says so. */
function inReadingOrder({ language }: Checkout, fields: readonly Field[]): readonly Field[] {
  const given = fields.findIndex(({ name }) => name === 'firstName')
  const family = fields.findIndex(({ name }) => name === 'lastName')
  if (given < 0 || family < given || !FAMILY_NAME_FIRST.includes(language)) return fields
  const ordered = [...fields]
  ordered.splice(given, 0, ...ordered.splice(family, 1))
  return ordered
}

interface Option {
  value: string
  title: string
  detail?: string
}

function titleOf(checkout: Checkout, { kind, label, operator }: Channel): Omit<Option, 'value'> {
  const title = [label, checkout.sayFirst([`kind.${kind}`])].filter(Boolean).join(' – ')
  return { title: title || operator, detail: checkout.say('through', { operator }) }
}

function radios(
  legend: string,
  name: string,
  options: readonly Option[],
  chosen: string | undefined,
  choose: (value: string) => void,
): TemplateResult {
  return html`
    <fieldset>
      <legend>${legend}</legend>
      ${options.map(
        ({ value, title, detail }) => html`
          <label class="choice" part="channel">
            <input
              type="radio"
              name=${name}
              .value=${value}
              .checked=${value === chosen}
              @change=${() => choose(value)}
            />
            <span>${title}</span>
            ${detail ? html`<span class="muted">${detail}</span>` : nothing}
          </label>
        `,
      )}
    </fieldset>
  `
}
