import type { Pairs, Setup } from './setup.js'

/** What the markup says besides the settings. */
export interface Place {
  /** The order's token. */
  order: string
  /** The proxy's address, without a slash at its end. */
  payUrl: string
}

export type Form = 'html' | 'react' | 'vue'

/** The markup that gives a page the button as it is set. */
export function markup(form: Form, setup: Setup, place: Place): string {
  const write = { html: inHtml, react: inReact, vue: inVue }[form]
  return write(setup, place)
}

function inHtml(setup: Setup, { order, payUrl }: Place): string {
  const { attributes, slots, sentences } = setup
  const styles = stylesOf(setup)
  return [
    `<script type="module" src="${escaped(payUrl)}/pay-button.js"></script>`,
    ...(styles.length > 0 ? [`<style>\n  pay-button {\n${rules(styles)}\n  }\n</style>`] : []),
    tag(
      'pay-button',
      [['order', order] as const, ...attributes].map(htmlAttribute),
      slots.map((slot) => child(slot, escaped, htmlAttribute)),
      '',
    ),
    ...(sentences.length > 0
      ? [
          `<script type="module">\n  document.querySelector('pay-button').strings = ${literal(sentences).replaceAll('<', '\\x3c')}\n</script>`,
        ]
      : []),
  ].join('\n')
}

function inReact(setup: Setup, place: Place): string {
  const { slots, sentences } = setup
  const styles = stylesOf(setup).map(([name, value]) => [camelCase(name), value] as const)
  return `import { PayButton } from 'pay-button/react'

export function Checkout() {
  return (
${tag(
  'PayButton',
  [
    ...propsOf(setup, place).map(jsxAttribute),
    ...(sentences.length > 0 ? [`strings={${literal(sentences)}}`] : []),
    ...(styles.length > 0 ? [`style={${literal(styles)}}`] : []),
  ],
  slots.map((slot) => child(slot, jsxText, jsxAttribute)),
  '    ',
)}
  )
}`
}

function inVue(setup: Setup, place: Place): string {
  const { slots, sentences } = setup
  const styles = stylesOf(setup).map(([name, value]) => `${name}: ${value}`)
  return `<script setup>
import { PayButton } from 'pay-button/vue'
</script>

<template>
${tag(
  'PayButton',
  [
    ...propsOf(setup, place).map(htmlAttribute),
    ...(sentences.length > 0 ? [htmlAttribute([':strings', literal(sentences)])] : []),
    ...(styles.length > 0 ? [htmlAttribute(['style', styles.join('; ')])] : []),
  ],
  slots.map(vueChild),
  '  ',
)}
</template>`
}

/** A bundled script does not know where the proxy is: there `endpoint` is always said. */
function propsOf({ attributes }: Setup, { order, payUrl }: Place): Pairs {
  const isSaid = attributes.some(([name]) => name === 'endpoint')
  return [['order', order], ...(isSaid ? [] : [['endpoint', payUrl] as const]), ...attributes]
}

function stylesOf({ scheme, tokens }: Setup): Pairs {
  return [...(scheme ? [['color-scheme', scheme] as const] : []), ...tokens]
}

function rules(styles: Pairs): string {
  return styles.map(([name, value]) => `    ${name}: ${value.replaceAll('<', '\\3c ')};`).join('\n')
}

/** On one line as long as there is little to say. */
function tag(name: string, attributes: string[], children: string[], indent: string): string {
  const isShort = attributes.length < 3
  const opening = isShort
    ? `${indent}<${name} ${attributes.join(' ')}`
    : [`${indent}<${name}`, ...attributes.map((each) => `${indent}  ${each}`)].join('\n') +
      `\n${indent}`
  const inside = children.map((each) => `\n${indent}  ${each}`).join('')
  return `${opening}>${inside}${inside && `\n${indent}`}</${name}>`
}

type Write = (text: string) => string
type WriteAttribute = (attribute: Pairs[number]) => string

function child([slot, text]: Pairs[number], write: Write, attribute: WriteAttribute): string {
  if (slot === '') return write(text)
  const name = slot === 'trigger' ? 'button' : 'span'
  return `<${name} ${attribute(['slot', slot])}>${write(text)}</${name}>`
}

/** Its component's slots are Vue's own. */
function vueChild([slot, text]: Pairs[number]): string {
  if (slot === '') return vueText(text)
  const content =
    slot === 'trigger' ? `<button type="button">${vueText(text)}</button>` : vueText(text)
  return `<template #${slot}>${content}</template>`
}

function htmlAttribute([name, value]: Pairs[number]): string {
  return value === '' ? name : `${name}="${escaped(value)}"`
}

function jsxAttribute([name, value]: Pairs[number]): string {
  if (value === '') return name
  return /["&\\]/.test(value) ? `${name}={${quoted(value)}}` : `${name}="${value}"`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

function vueText(text: string): string {
  return escaped(text).replaceAll('{', '&#123;')
}

function jsxText(text: string): string {
  return /[{}<>&]/.test(text) ? `{${quoted(text)}}` : text
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}

function literal(pairs: Pairs): string {
  const members = pairs.map(([name, value]) => {
    const key = /^[a-z]\w*$/i.test(name) ? name : quoted(name)
    return `${key}: ${quoted(value)}`
  })
  return `{ ${members.join(', ')} }`
}

function camelCase(name: string): string {
  return name.startsWith('--')
    ? name
    : name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
