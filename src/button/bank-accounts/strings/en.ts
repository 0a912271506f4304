/** What stands around bank accounts. Every language has the same keys; `{…}` is filled in. */
export const en = {
  'bank.account': 'Bank account {number}',
  'bank.hint':
    'Transfer only from an account that you list here: {operator} sends money from any other account back.',
  'bank.code': 'Bank code',
  'bank.name': 'Bank',
  'bank.number': 'Account number',
  'bank.add': 'Add another account',
  'bank.remove': 'Remove bank account {number}',
  'bank.removed': 'Bank account {number} was removed.',
  'bank.filled': 'Bank code and account number are filled in.',
  'fault.bank.code': 'Enter the bank’s three digits, or choose the bank.',
  'fault.bank.account': 'Enter the account number: 6 to 16 digits, with the zeros in front.',
}

export type BankAccountStrings = Record<keyof typeof en, string>
