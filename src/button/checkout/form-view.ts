import { html, nothing, type TemplateResult } from 'lit'
import type { Channel, Field } from '../../contract/offer.js'
import type { Checkout } from './checkout.js'
import { fieldView, loadFieldsOf } from './field-view.js'

/** The channels, what the chosen one asks, and the button that confirms. */
export function formView(checkout: Checkout): TemplateResult {
  const { channel, channels } = checkout
  void loadFieldsOf(checkout)
  const confirm = (event: Event) => {
    event.preventDefault()
    checkout.confirm()
  }
  const point = ({ type, target }: Event) => {
    checkout.isPressing = type === 'pointerdown' && !!(target as Element).closest('button')
  }
  return html`
    <form
      novalidate
      @submit=${confirm}
      @pointerdown=${point}
      @pointerup=${point}
      @pointercancel=${point}
    >
      ${
        channels.length > 1
          ? radios(
              checkout.say('channels'),
              'channel',
              optionsOf(checkout, channels),
              channel?.id,
              (id) => checkout.pick(id),
            )
          : channels.map((only) => html`<p part="channel">${titleOf(checkout, only)}</p>`)
      }
      ${channel ? questionsOf(checkout, channel) : nothing}
      <p class="unseen" role="status">${checkout.form.news}</p>
    </form>
  `
}

function questionsOf(checkout: Checkout, channel: Channel): TemplateResult {
  const { ways = [], operator, flow, fields, kind } = channel
  const { offer } = checkout.session
  const amount = offer ? checkout.money(offer.amount) : ''
  const isPerson = fields.some(({ name }) => name === 'firstName')
  const hint = checkout.sayFirst([`hint.${kind}`])
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
      isPerson
        ? html`<p class="muted" id="person">${checkout.say('hint.payer', { operator })}</p>`
        : nothing
    }
    ${inReadingOrder(checkout, fields).map((field, index) =>
      fieldView(checkout, channel, field, {
        isLast: index === fields.length - 1,
        hint: isPerson && (!index || field.name === 'mobile') ? 'person' : '',
      }),
    )}
    ${hint ? html`<p class="muted">${hint}</p>` : nothing}
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

const OTHER_NAME: Record<string, string> = { firstName: 'lastName', lastName: 'firstName' }

/** Proxies list the given name first; in Chinese the names change places. */
function inReadingOrder({ language }: Checkout, fields: readonly Field[]): readonly Field[] {
  return /^zh/.test(language)
    ? fields.map((field) => fields.find(({ name }) => name === OTHER_NAME[field.name]) ?? field)
    : fields
}

/** In the shop's order, but with kinds kept together; under headings where that saves words. */
function optionsOf(checkout: Checkout, channels: readonly Channel[]): Option[] {
  const kinds = new Set(channels.map(({ kind }) => kind))
  const isGrouped = kinds.size > 1 && kinds.size < channels.length
  return [...kinds].flatMap((kind) =>
    channels
      .filter((channel) => channel.kind === kind)
      .map((channel, index) => ({
        value: channel.id,
        title: (isGrouped && channel.label) || titleOf(checkout, channel),
        detail: channel.operator,
        heading: isGrouped && !index ? checkout.sayFirst([`kind.${kind}`]) : '',
      })),
  )
}

/** A channel by its proper noun and its kind, else by who takes the money. */
function titleOf(checkout: Checkout, { kind, label, operator }: Channel): string {
  const title = [label, checkout.sayFirst([`kind.${kind}`])].filter(Boolean)
  return title.join(' – ') || operator
}

interface Option {
  value: string
  title: string
  detail?: string
  /** Stands above it, for it and the ones that follow. */
  heading?: string
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
        ({ value, title, detail, heading }) => html`
          ${heading ? html`<p class="muted">${heading}</p>` : nothing}
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
