/** The languages of the shop, as BCP 47 tags, and what they call themselves. */
export const LANGUAGES = {
  en: 'English',
  'zh-TW': '繁體中文（台灣）',
  'zh-HK': '繁體中文（香港）',
  'zh-CN': '简体中文',
  id: 'Bahasa Indonesia',
} as const

export type Language = keyof typeof LANGUAGES
export type Worded = Record<Language, string>

/** Which tags a language answers; the first match wins, English is for all the rest. */
const TAGS: readonly (readonly [RegExp, Language])[] = [
  [/^zh-hans\b/i, 'zh-CN'],
  [/^zh-(hant-)?(hk|mo)\b/i, 'zh-HK'],
  [/^zh-(hant|tw)\b/i, 'zh-TW'],
  [/^zh\b/i, 'zh-CN'],
  [/^id\b/i, 'id'],
]

/** The language that was asked for, else the first of the browser's. */
export function chooseLanguage(asked: string | undefined, accepted = ''): Language {
  if (asked !== undefined && Object.hasOwn(LANGUAGES, asked)) return asked as Language
  return TAGS.find(([pattern]) => pattern.test(accepted.trim()))?.[1] ?? 'en'
}
