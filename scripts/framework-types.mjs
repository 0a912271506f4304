import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './run.mjs'

/**
 * What the analyzer found in the element's JSDoc, as far as it is used here; see the schema of
 * custom-elements.json.
 *
 * @typedef {{ name: string, description?: string, type?: { text: string }, readonly?: boolean,
 *   kind?: string, privacy?: string, static?: boolean }} Item
 * @typedef {{ name: string, tagName?: string, members?: Item[], events?: Item[],
 *   slots?: Item[], attributes?: (Item & { fieldName?: string })[] }} Declaration
 * @typedef {{ modules: { path: string, declarations?: Declaration[] }[] }} Manifest
 */

/** Drops from the manifest what no page may use. */
export function publicOnly() {
  return {
    name: 'public-only',
    /** @param {{ customElementsManifest: Manifest }} context */
    packageLinkPhase({ customElementsManifest }) {
      for (const declaration of declarationsOf(customElementsManifest)) {
        declaration.members = (declaration.members ?? []).filter(
          ({ name, privacy, static: isStatic }) =>
            privacy !== 'private' && !isStatic && name !== 'langAttribute',
        )
        // The analyzer also sees `dispatchEvent(new …)`, without a name.
        declaration.events = (declaration.events ?? []).filter(({ name }) => name)
        for (const attribute of declaration.attributes ?? []) {
          if (attribute.fieldName === 'langAttribute') attribute.fieldName = 'lang'
        }
      }
    },
  }
}

/** Writes what the React and Vue shells and the types of the bare tag are made from. */
export function frameworkTypes() {
  return {
    name: 'framework-types',
    /** @param {{ customElementsManifest: Manifest }} context */
    packageLinkPhase({ customElementsManifest }) {
      const element = declarationsOf(customElementsManifest).find(({ tagName }) => tagName)
      if (!element) throw new Error('the manifest holds no element')
      write('src/react/api.generated.ts', reactApi(element))
      write('src/vue/api.generated.ts', vueApi(element))
    },
  }
}

/** @param {Manifest} manifest */
function declarationsOf({ modules }) {
  return modules.flatMap(({ declarations = [] }) => declarations)
}

/** @param {Declaration} element */
function reactApi(element) {
  const events = eventsOf(element)
  return `${HEAD}
import type { EventName } from '@lit/react'
import type * as Button from '../button/index.js'

/** What is set on the element. */
interface Properties {
${propertiesOf(element).map(propertyLine).join('\n')}
}

/** The component's own props. */
export interface PayButtonOwnProps extends Properties {
${events.map(({ handler, ...event }) => listenerLine(handler, event)).join('\n')}
}

/** The same of the bare tag. */
export interface PayButtonTag extends Properties {
${events.map((event) => listenerLine(`'on${event.name}'`, event)).join('\n')}
}

/** Props by the names of their events. */
export const events = {
${events.map(({ handler, name, type }) => `  ${handler}: '${name}' as EventName<Button.${type}>,`).join('\n')}
}
`
}

/** @param {Declaration} element */
function vueApi(element) {
  const properties = propertiesOf(element)
  const slots = (element.slots ?? []).map(({ name, ...slot }) => ({
    ...slot,
    name: name || 'default',
  }))
  const named = slots.filter(({ name }) => name !== 'default')
  return `${HEAD}
import type * as Button from '../button/index.js'

/** What is set on the element. */
export interface PayButtonOwnProps {
${properties.map(propertyLine).join('\n')}
}

/** The same at run time: an attribute without a value means \`true\` where a boolean is wanted. */
export const props = {
${properties.map(({ name, type }) => `  ${name}: ${type?.text === 'boolean' ? 'Boolean' : 'null'},`).join('\n')}
} as const

/** Listeners, as Vue hands them on: \`@pay-open\` is \`onPayOpen\`. */
export interface PayButtonListeners {
${eventsOf(element)
  .map(({ handler, ...event }) => listenerLine(handler, event))
  .join('\n')}
}

/** The element's slots. */
export interface PayButtonSlots {
${slots.map(({ name, description }) => `  /** ${description} */\n  ${name}?: () => unknown`).join('\n')}
}

/** Those that have a name. */
export const slotNames = [${named.map(({ name }) => `'${name}'`).join(', ')}] as const
`
}

const HEAD = '// Made from the JSDoc of src/button/pay-button.ts by the build. Do not edit.'

/** @param {Declaration} element */
function propertiesOf({ members = [] }) {
  return members.filter(({ kind, readonly }) => kind === 'field' && !readonly)
}

/** @param {Item} property */
function propertyLine({ name, description }) {
  return `  /** ${description} */\n  ${name}?: Button.PayButton['${name}'] | undefined`
}

/**
 * @param {string} prop
 * @param {{ type: string, description: string | undefined }} event
 */
function listenerLine(prop, { type, description }) {
  return `  /** ${description} */\n  ${prop}?: ((event: Button.${type}) => void) | undefined`
}

/** @param {Declaration} element */
function eventsOf({ events = [] }) {
  return events.map(({ name, type, description }) => {
    if (!type) throw new Error(`@fires ${name} names no type`)
    const handler = `on-${name}`.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())
    return { name, type: type.text, description, handler }
  })
}

/**
 * @param {string} path
 * @param {string} text
 */
function write(path, text) {
  writeFileSync(join(ROOT, path), text)
}
