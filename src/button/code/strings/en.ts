/** What stands around a payment code. Every language has the same keys; `{…}` is filled in. */
export const en = {
  code: 'Payment code',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Could not copy. The code is marked: copy it by hand.',
  print: 'Print',
  share: 'Share',
  remaining: '{time} left to pay',
  until: 'Pay before {time}.',
  over: 'The time to pay is over. If you have paid, the shop will still be told.',
  'steps.convenience-store.1': 'Go to a {place} counter before the time is over.',
  'steps.convenience-store.2': 'Show or read out this code.',
  'steps.convenience-store.3': 'Pay {amount} and keep the receipt.',
  'steps.virtual-account.1': 'Open your banking app, or go to an ATM.',
  'steps.virtual-account.2': 'Choose transfer to a {place} virtual account, and enter this number.',
  'steps.virtual-account.3': 'Check that it says {amount}, then confirm.',
  'steps.1': 'Use this code where you pay.',
  'steps.2': 'Pay exactly {amount}.',
  biller: 'Name {biller} as the one you pay.',
  wait: 'You can leave this page: the shop is told when you have paid.',
}

export type CodeStrings = Record<keyof typeof en, string>
