import type { BankAccountStrings } from './en.js'

export const zhHk: BankAccountStrings = {
  'bank.account': '銀行賬戶 {number}',
  'bank.hint': '請只從此處填寫的賬戶轉賬；從其他賬戶轉入的款項，{operator} 將會退回。',
  'bank.code': '銀行代碼',
  'bank.name': '銀行',
  'bank.number': '賬戶號碼',
  'bank.add': '新增賬戶',
  'bank.remove': '移除銀行賬戶 {number}',
  'bank.removed': '已移除銀行賬戶 {number}。',
  'bank.filled': '已填入銀行代碼和賬戶號碼。',
  'fault.bank.code': '請輸入三位數銀行代碼，或選擇銀行。',
  'fault.bank.account': '請輸入 6 至 16 位數賬戶號碼，開首的 0 也要輸入。',
}
