import type { BankAccountStrings } from './bank-accounts/strings/en.js'
import type { CodeStrings } from './code/strings/en.js'
import type { Strings } from './strings/en.js'
import type { EndingStrings } from './strings/endings-en.js'
import { type Labels, labels } from './strings/labels.js'

/** Everything the button can say. */
export type Words = Labels & Strings & EndingStrings & CodeStrings & BankAccountStrings

/** What is there of it once the checkout is; an ending's come when it is to be shown. */
export type LoadedWords = Labels & Strings & Partial<Words>

/** The languages the button speaks, as BCP 47 tags. */
export type Language = 'en' | 'zh-Hant-TW' | 'zh-HK' | 'zh-Hans' | 'id'

/** Which tags a language answers; the first match wins, English is for all the rest. */
const TAGS: readonly (readonly [RegExp, Language])[] = [
  [/^zh.hans/i, 'zh-Hans'],
  [/^zh(.hant)?.(hk|mo)/i, 'zh-HK'],
  [/^zh.(hant|tw)/i, 'zh-Hant-TW'],
  [/^zh(?![a-z])/i, 'zh-Hans'],
  // `in` is what Java and old Android call Indonesian.
  [/^i[dn](?![a-z])/i, 'id'],
]

/** The checkout's sentences, loaded when needed. */
const LOADERS: Record<Language, () => Promise<{ strings: Strings }>> = {
  en: () => import('./strings/en.js'),
  'zh-Hant-TW': () => import('./strings/zh-hant-tw.js'),
  'zh-HK': () => import('./strings/zh-hk.js'),
  'zh-Hans': () => import('./strings/zh-hans.js'),
  id: () => import('./strings/id.js'),
}

interface Spoken {
  language: Language
  words: LoadedWords
}

/** All words of `language`, or of English where they can't be had. */
export function loadWords(language: Language): Promise<Spoken> {
  return wordsOf(language).catch(() => wordsOf('en'))
}

async function wordsOf(language: Language): Promise<Spoken> {
  const { strings } = await LOADERS[language]()
  return { language, words: { ...labels[language], ...strings } }
}

/** The language that answers a BCP 47 tag, or one with underscores. */
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
