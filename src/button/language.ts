import type { Strings } from './strings/en.js'
import { type Labels, labels } from './strings/labels.js'

/** Everything the button can say. */
export type Words = Labels & Strings

/** The languages the button speaks, as BCP 47 tags. */
export type Language = 'en' | 'zh-Hant'

/** Which tags a language answers; the first match wins, English is for all the rest. */
const TAGS: readonly (readonly [RegExp, Language])[] = [[/^zh-(hant|tw)\b/i, 'zh-Hant']]

/** The checkout's sentences, loaded when needed. */
const LOADERS: Record<Language, () => Promise<{ strings: Strings }>> = {
  en: () => import('./strings/en.js'),
  'zh-Hant': () => import('./strings/zh-hant.js'),
}

/** All words of `language`; the browser keeps them once they are loaded. */
export async function loadWords(language: Language): Promise<Words> {
  const { strings } = await LOADERS[language]()
  return { ...labels[language], ...strings }
}

/** The language that answers a BCP 47 tag. */
export function languageFor(tag: string): Language {
  return TAGS.find(([pattern]) => pattern.test(tag))?.[1] ?? 'en'
}

/** The language of the nearest `lang`, own attribute first, through shadow roots. */
export function languageOf(element: Element): Language {
  const holder = element.closest('[lang]')
  if (holder) return languageFor(holder.getAttribute('lang') ?? '')
  const root = element.getRootNode()
  return root instanceof ShadowRoot ? languageOf(root.host) : 'en'
}

/** Puts values into a sentence: `fill('Pay {amount}', {amount: 'NT$300'})`. */
export function fill(sentence: string, values: Record<string, string>): string {
  return sentence.replace(/\{(\w+)\}/g, (slot, name: string) => values[name] ?? slot)
}
