import type { Strings } from './strings/en.js'

/** The languages the button speaks, as BCP 47 tags. */
export type Language = 'en' | 'zh-Hant'

/** Which tags a language answers; the first match wins, English is for all the rest. */
const TAGS: readonly (readonly [RegExp, Language])[] = [[/^zh-(hant|tw)\b/i, 'zh-Hant']]

/** The checkout's sentences, loaded when needed. */
const LOADERS: Record<Language, () => Promise<Strings>> = {
  en: async () => (await import('./strings/en.js')).en,
  'zh-Hant': async () => (await import('./strings/zh-hant.js')).zhHant,
}

const loaded = new Map<Language, Promise<Strings>>()

/** The sentences of `language`, fetched once for the page; a failed load is tried again. */
export function loadStrings(language: Language): Promise<Strings> {
  const strings = loaded.get(language) ?? LOADERS[language]()
  loaded.set(language, strings)
  strings.catch(() => loaded.delete(language))
  return strings
}

/** The language that answers a BCP 47 tag. */
export function languageFor(tag: string): Language {
  return TAGS.find(([pattern]) => pattern.test(tag))?.[1] ?? 'en'
}

/** The language of the nearest `lang`, own attribute first, through shadow roots. */
export function languageOf(element: Element): Language {
  for (let at: Element | null = element; at; ) {
    const holder: Element | null = at.closest('[lang]')
    if (holder) return languageFor(holder.getAttribute('lang') ?? '')
    const root = at.getRootNode()
    at = root instanceof ShadowRoot ? root.host : null
  }
  return 'en'
}

/** Puts values into a sentence: `fill('Pay {amount}', {amount: 'NT$300'})`. */
export function fill(sentence: string, values: Record<string, string>): string {
  return sentence.replace(/\{(\w+)\}/g, (slot, name: string) => values[name] ?? slot)
}
