import type { CodeStrings } from './en.js'

export const zhHantTw: CodeStrings = {
  code: '繳費代碼',
  copy: '複製',
  copied: '已複製',
  copyFailed: '無法複製。代碼已選取，請自行複製。',
  print: '列印',
  share: '分享',
  remaining: '繳費時間剩餘 {time}',
  until: '請於 {time} 前付款。',
  over: '繳費期限已過。如果您已經付款，商店仍會收到通知。',
  'steps.convenience-store.1': '請於期限內前往 {place} 櫃檯。',
  'steps.convenience-store.2': '出示或唸出此代碼。',
  'steps.convenience-store.3': '支付 {amount}，並保留收據。',
  'steps.virtual-account.1': '開啟網路銀行 App，或前往自動櫃員機。',
  'steps.virtual-account.2': '選擇轉帳至 {place} 虛擬帳號，並輸入此號碼。',
  'steps.virtual-account.3': '確認金額為 {amount} 後送出。',
  'steps.1': '付款時請使用此代碼。',
  'steps.2': '請支付正好 {amount}。',
  biller: '收款單位請說或選「{biller}」。',
  wait: '您可以離開此頁面，付款後商店會收到通知。',
}
