import type { CodeStrings } from './en.js'

export const zhHans: CodeStrings = {
  code: '付款码',
  copy: '复制',
  copied: '已复制',
  copyFailed: '无法复制。付款码已选中，请手动复制。',
  print: '打印',
  share: '分享',
  remaining: '剩余支付时间 {time}',
  until: '请在 {time} 前付款。',
  over: '支付期限已过。如果您已付款，商家仍会收到通知。',
  'steps.convenience-store.1': '请在期限内前往 {place} 收银台。',
  'steps.convenience-store.2': '出示或读出此付款码。',
  'steps.convenience-store.3': '支付 {amount}，并保留收据。',
  'steps.virtual-account.1': '打开手机银行，或前往 ATM。',
  'steps.virtual-account.2': '选择转账到 {place} 虚拟账户，并输入此号码。',
  'steps.virtual-account.3': '确认金额为 {amount} 后提交。',
  'steps.1': '付款时请使用此付款码。',
  'steps.2': '请支付 {amount}，不多不少。',
  biller: '收款方请说或选“{biller}”。',
  wait: '您可以离开此页面，付款后商家会收到通知。',
}
