import { code, table } from './markdown.mjs'

/** @typedef {import('../framework-types.mjs').Item & { default?: string }} Item */
/** @typedef {{ members: Item[], attributes: (Item & { fieldName?: string })[], events: Item[],
 *   slots: Item[], cssParts: Item[], cssProperties: Item[] }} Element */

/**
 * The tables of what a page can do with the element.
 *
 * @param {Element} element of custom-elements.json
 */
export function elementTables({ members, attributes, events, slots, cssParts, cssProperties }) {
  const fields = members.filter(({ kind }) => kind === 'field')
  const readable = fields.filter(({ readonly }) => readonly)
  const isReadOnly = ({ name = '' }) => readable.some((field) => field.name === name)
  const hasAttribute = ({ name = '' }) => attributes.some((attribute) => attribute.name === name)
  const options = [
    ...attributes.filter((attribute) => !isReadOnly(attribute)),
    ...fields.filter((field) => !field.readonly && !hasAttribute(field)),
  ]
  return {
    options: table(
      ['option', 'may be', 'default', 'what it does, and when you want it'],
      options.map((option) => [code(option.name), typeOf(option), defaultOf(option), said(option)]),
    ),
    readable: table(
      ['property', 'is', 'what it says'],
      readable.map((field) => [code(field.name), typeOf(field), said(field)]),
    ),
    methods: table(
      ['method', 'what it does, and when you want it'],
      members
        .filter(({ kind }) => kind === 'method')
        .map((method) => [code(`${method.name}()`), said(method)]),
    ),
    events: table(['event', '`detail`', 'when, and what for'], events.map(eventRow)),
    slots: table(
      ['slot', 'what it holds'],
      slots.map((slot) => [slot.name ? code(slot.name) : '(default)', said(slot)]),
    ),
    parts: table(
      ['part', 'what it is'],
      cssParts.map((part) => [code(part.name), said(part)]),
    ),
    tokens: table(
      ['token', 'may be', 'default', 'what it colours or measures'],
      cssProperties.map((token) => [
        code(token.name),
        token.type ? code(token.type.text) : '`font`',
        defaultOf(token),
        said(token),
      ]),
    ),
  }
}

/** @param {Item} event */
function eventRow({ name, description = '' }) {
  const [, when, detail] = /^(.*) `detail`:\s+`([^`]+)`\.$/s.exec(description) ?? []
  if (!when || !detail) throw new Error(`@fires ${name} does not end with its detail`)
  return [code(name), code(detail), when]
}

/** @param {Item} item */
function typeOf({ type }) {
  return type ? code(type.text) : ''
}

/** @param {Item} item */
function defaultOf(item) {
  return item.default ? code(item.default.replace(/^'(.*)'$/, '$1')) : 'none'
}

/** @param {Item} item */
function said({ name, description }) {
  if (!description) throw new Error(`${name} is not described`)
  return description
}
