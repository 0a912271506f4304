import { html } from 'hono/html'
import { LANGUAGES } from '../language.js'
import type { Html } from '../pages/layout.js'
import { type Attribute, defaultOf, type ElementApi, type Token, wordsOf } from './element-api.js'
import { THEMES } from './themes.js'

/**
 * A control and what it is called. Every control is named by what it sets in the page's address;
 * what stands in it at first is the default, which the address leaves out.
 */
export function labelled(label: Html | string, control: Html, hint: Html | string = ''): Html {
  return html`<label class="set"><span>${label}</span>${control}${hint && html`<small>${hint}</small>`}</label>`
}

/** A description of the manifest's, with its `code` as such. */
function prose(description: string): Html {
  const pieces = description.split('`')
  return html`${pieces.map((piece, index) => (index % 2 ? html`<code>${piece}</code>` : piece))}`
}

export function select(name: string, options: Iterable<readonly [string, string]>): Html {
  const each = ([value, label]: readonly [string, string]) =>
    html`<option value="${value}">${label}</option>`
  return html`<select name="${name}">${[...options].map(each)}</select>`
}

export function text(name: string, placeholder = ''): Html {
  return html`<input type="text" name="${name}" placeholder="${placeholder}" autocomplete="off" spellcheck="false">`
}

/** Everything that may be set, but the order, which has controls of its own. */
export function attributeControls({ attributes }: ElementApi): Html[] {
  return attributes
    .filter(({ name, fieldName }) => fieldName !== undefined && name !== 'order')
    .map(attributeControl)
}

function attributeControl(attribute: Attribute): Html {
  const { name, type, description } = attribute
  const label = html`<code>${name}</code>`
  const key = `attr.${name}`
  if (type?.text === 'boolean') {
    return html`<label class="tick"><input type="checkbox" name="${key}" value=""> <span>${label}</span> <small>${prose(description)}</small></label>`
  }
  if (name === 'lang') {
    const languages = Object.entries(LANGUAGES).map(
      ([tag, own]) => [tag, `${own} (${tag})`] as const,
    )
    return labelled(
      label,
      select(key, [['', 'that of the page (en)'], ...languages]),
      prose(description),
    )
  }
  const words = wordsOf(attribute)
  const standard = defaultOf(attribute)
  const control =
    words.length > 0
      ? select(
          key,
          words.map((word) => (word === standard ? ['', word] : [word, word])),
        )
      : html`<input type="text" name="${key}" list="${name}-known" autocomplete="off" spellcheck="false"><datalist id="${name}-known"></datalist>`
  return labelled(label, control, prose(description))
}

export function tokenControls({ cssProperties }: ElementApi): Html[] {
  return cssProperties.map(tokenControl)
}

function tokenControl({ name, type, description, default: standard = '' }: Token): Html {
  const isColour = type?.text === '<color>'
  const picker = html`<input type="color" data-for="${name}" aria-label="Pick ${name}">`
  const hint = html`<small id="hint${name}">${prose(description)}</small>`
  return html`<div class="set">
    <label for="set${name}"><code>${name}</code></label>
    <span class="row">
      <input type="text" id="set${name}" name="${name}" placeholder="${standard}" aria-describedby="hint${name}" autocomplete="off" spellcheck="false">
      ${isColour ? picker : ''}
    </span>
    ${hint}
  </div>`
}

export function themeButtons(): Html[] {
  return Object.entries(THEMES).map(
    ([name, theme]) =>
      html`<button type="button" class="chip" data-theme="${JSON.stringify(theme)}">${name}</button>`,
  )
}

export function slotControls({ slots }: ElementApi): Html[] {
  return slots.map(({ name, description }) =>
    labelled(
      name ? html`slot <code>${name}</code>` : 'default slot',
      text(`slot.${name}`),
      description,
    ),
  )
}

/** Sentences that are seen at once; every other one can be set in the same way. */
const SENTENCES = {
  payAmount: 'Pay {amount}',
  submit: 'Continue to {operator} – {amount}',
}

export function sentenceControls(): Html[] {
  return Object.entries(SENTENCES).map(([key, sentence]) =>
    labelled(html`<code>strings.${key}</code>`, text(`strings.${key}`, sentence)),
  )
}

export function partControl({ cssParts }: ElementApi): Html {
  const parts = cssParts.map(({ name, description }) => [name, `${name}: ${description}`] as const)
  return labelled(
    'Outline a part',
    select('part', [['', 'none'], ...parts]),
    html`Styled from outside by <code>pay-button::part(…)</code>`,
  )
}
