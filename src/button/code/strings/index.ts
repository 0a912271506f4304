import type { Language } from '../../language.js'
import { type CodeStrings, en } from './en.js'
import { zhHant } from './zh-hant.js'

export const codeStrings: Record<Language, CodeStrings> = { en, 'zh-Hant': zhHant }
