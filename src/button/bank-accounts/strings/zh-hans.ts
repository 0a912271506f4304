import type { BankAccountStrings } from './en.js'

export const zhHans: BankAccountStrings = {
  'bank.account': '银行账户 {number}',
  'bank.hint': '请只从此处填写的账户转账；从其他账户转入的款项，{operator} 将会退回。',
  'bank.code': '银行代码',
  'bank.name': '银行',
  'bank.number': '账号',
  'bank.add': '添加账户',
  'bank.remove': '移除银行账户 {number}',
  'bank.removed': '已移除银行账户 {number}。',
  'bank.filled': '已填入银行代码和账号。',
  'fault.bank.code': '请输入三位银行代码，或选择银行。',
  'fault.bank.account': '请输入 6 至 16 位账号，开头的 0 也要输入。',
}
