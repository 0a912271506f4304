import { html, nothing, type TemplateResult } from 'lit'
import type { Channel, Field } from '../../contract/offer.js'
import type { Checkout } from './checkout.js'
import { fieldView } from './field-view.js'

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
              channels.map((each) => ({
                value: each.id,
                title: titleOf(checkout, each),
                detail: each.operator,
              })),
              channel?.id,
              (id) => checkout.pick(id),
            )
          : channels.map((only) => html`<p part="channel">${titleOf(checkout, only)}</p>`)
      }
      ${channel ? questionsOf(checkout, channel) : nothing}
    </form>
  `
}

function questionsOf(checkout: Checkout, channel: Channel): TemplateResult {
  const { ways = [], operator, flow, fields } = channel
  const { offer } = checkout.session
  const amount = offer ? checkout.money(offer.amount) : ''
  const faults = checkout.form.shownFaults(channel)
  return html`
    ${
      ways.length > 1
        ? radios(
            checkout.say('ways'),
            'way',
            ways.map(({ code, label }) => ({ value: code, title: label })),
            checkout.wayOf(channel),
            (way) => checkout.pick(way, channel.id),
          )
        : nothing
    }
    ${
      fields.some(({ name }) => /Name$|^mobile$/.test(name))
        ? html`<p class="muted">${checkout.say('hint.payer')}</p>`
        : nothing
    }
    ${inReadingOrder(checkout, fields).map((field) => fieldView(checkout, field, faults))}
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

const FAMILY_NAME_FIRST: readonly string[] = ['zh-Hant']
const OTHER_NAME: Record<string, string> = { firstName: 'lastName', lastName: 'firstName' }

/** Proxies list the given name first; here the names change places where the language says so. */
function inReadingOrder({ language }: Checkout, fields: readonly Field[]): readonly Field[] {
  return FAMILY_NAME_FIRST.includes(language)
    ? fields.map((field) => fields.find(({ name }) => name === OTHER_NAME[field.name]) ?? field)
    : fields
}

/** A channel by its proper noun and its kind, else by who takes the money. */
function titleOf(checkout: Checkout, { kind, label, operator }: Channel): string {
  const title = [label, checkout.sayFirst([`kind.${kind}`])].filter(Boolean)
  return title.join(' – ') || operator
}

function radios(
  legend: string,
  name: string,
  options: readonly { value: string; title: string; detail?: string }[],
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
            <span class="muted">${detail}</span>
          </label>
        `,
      )}
    </fieldset>
  `
}
