import type { Language } from '../../language.js'
import { type BankAccountStrings, en } from './en.js'
import { id } from './id.js'
import { zhHans } from './zh-hans.js'
import { zhHantTw } from './zh-hant-tw.js'
import { zhHk } from './zh-hk.js'

export const bankAccountStrings: Record<Language, BankAccountStrings> = {
  en,
  'zh-Hant-TW': zhHantTw,
  'zh-HK': zhHk,
  'zh-Hans': zhHans,
  id,
}
