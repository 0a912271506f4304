import type { CodeStrings } from './en.js'

export const zhHk: CodeStrings = {
  code: '繳費編號',
  copy: '複製',
  copied: '已複製',
  copyFailed: '未能複製。編號已選取，請自行複製。',
  print: '列印',
  share: '分享',
  remaining: '繳費時間尚餘 {time}',
  until: '請於 {time} 前付款。',
  over: '繳費期限已過。如您已付款，商戶仍會收到通知。',
  'steps.convenience-store.1': '請於期限內前往 {place} 櫃位。',
  'steps.convenience-store.2': '出示或讀出此編號。',
  'steps.convenience-store.3': '繳付 {amount}，並保留收據。',
  'steps.virtual-account.1': '開啟手機銀行應用程式，或前往自動櫃員機。',
  'steps.virtual-account.2': '選擇轉賬至 {place} 虛擬賬戶，並輸入此號碼。',
  'steps.virtual-account.3': '核對金額為 {amount} 後確認。',
  'steps.1': '付款時請使用此編號。',
  'steps.2': '請繳付 {amount}，不多不少。',
  biller: '收款機構請說或選「{biller}」。',
  wait: '您可以離開此頁面，付款後商戶會收到通知。',
}
