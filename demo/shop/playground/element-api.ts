import { readFile } from 'node:fs/promises'
import * as z from 'zod'

const item = z.object({ name: z.string(), description: z.string().default('') })
const typed = item.extend({
  type: z.object({ text: z.string() }).optional(),
  default: z.string().optional(),
})

/** What the playground uses of the schema of custom-elements.json. */
const elementSchema = z.object({
  tagName: z.string(),
  attributes: z.array(typed.extend({ fieldName: z.string().optional() })),
  cssProperties: z.array(typed),
  cssParts: z.array(item),
  slots: z.array(item),
  events: z.array(item),
})

const manifestSchema = z.object({
  modules: z.array(z.object({ declarations: z.array(z.looseObject({})).default([]) })),
})

export type ElementApi = z.infer<typeof elementSchema>
export type Attribute = ElementApi['attributes'][number]
export type Token = ElementApi['cssProperties'][number]
export type Described = z.infer<typeof item>

/** Copied by the build from what the package publishes. */
const MANIFEST = new URL('custom-elements.json', import.meta.url)

/**
 * The button's attributes, tokens, slots, parts and events, as its manifest has them.
 *
 * @throws {Error} where the manifest holds no element.
 */
export async function readElementApi(): Promise<ElementApi> {
  const { modules } = manifestSchema.parse(JSON.parse(await readFile(MANIFEST, 'utf8')))
  const element = modules
    .flatMap(({ declarations }) => declarations)
    .find(({ tagName }) => tagName !== undefined)
  return elementSchema.parse(element)
}

/** The words of a union of string literals, such as `'auto' | 'popup'`; none of any other type. */
export function wordsOf({ type }: Attribute): string[] {
  const members = (type?.text ?? '').split('|').map((member) => member.trim())
  const words = members.flatMap((member) => /^'(.*)'$/.exec(member)?.[1] ?? [])
  return words.length === members.length ? words : []
}

/** The manifest's default without the quotes of source text. */
export function defaultOf({ default: text = '' }: Attribute): string {
  return text.replace(/^'(.*)'$/, '$1')
}

/** The manifest has no member for it: the description says so. */
export function isCancelable({ description }: Described): boolean {
  return /\bcancelable\b/i.test(description)
}
