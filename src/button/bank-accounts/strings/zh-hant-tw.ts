import type { BankAccountStrings } from './en.js'

export const zhHantTw: BankAccountStrings = {
  'bank.account': '銀行帳戶 {number}',
  'bank.hint': '請只從此處填寫的帳戶轉帳；從其他帳戶轉入的款項，{operator} 將會退回。',
  'bank.code': '銀行代碼',
  'bank.name': '銀行',
  'bank.number': '帳號',
  'bank.add': '新增帳戶',
  'bank.remove': '移除銀行帳戶 {number}',
  'bank.removed': '已移除銀行帳戶 {number}。',
  'bank.filled': '已填入銀行代碼和帳號。',
  'fault.bank.code': '請輸入三位數銀行代碼，或選擇銀行。',
  'fault.bank.account': '請輸入 6 至 16 位數帳號，開頭的 0 也要輸入。',
}
