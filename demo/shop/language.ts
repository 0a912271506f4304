/** The languages of the shop, as BCP 47 tags, and what they call themselves. */
export const LANGUAGES = { en: 'English', 'zh-Hant': '繁體中文' } as const

export type Language = keyof typeof LANGUAGES
export type Worded = Record<Language, string>

/** The language that was asked for, else the browser's. */
export function chooseLanguage(asked: string | undefined, accepted: string | undefined): Language {
  if (asked !== undefined && Object.hasOwn(LANGUAGES, asked)) return asked as Language
  return /^\s*zh\b/i.test(accepted ?? '') ? 'zh-Hant' : 'en'
}
