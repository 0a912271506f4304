import type { Worded } from './language.js'

/** The sentences of the shop's pages. */
export const WORDS = {
  shop: { en: 'Mistridge Tea', 'zh-Hant': '霧嶺茶行' },
  motto: {
    en: 'Small harvests from misty mountains',
    'zh-Hant': '來自雲霧高山的小量採收',
  },
  demo: {
    en: 'A demo: this shop sells nothing, and its payments go to a sandbox.',
    'zh-Hant': '示範商店：不販售商品，付款皆送往測試環境。',
  },
  real: {
    en: 'A demo: this shop sells nothing, but payments may go to a real provider.',
    'zh-Hant': '示範商店：不販售商品，但付款可能送往真實的金流商。',
  },
  buy: { en: 'Buy', 'zh-Hant': '購買' },
  order: { en: 'Order', 'zh-Hant': '訂單' },
  unpaid: { en: 'Not paid yet', 'zh-Hant': '尚未付款' },
  paid: { en: 'Paid. Your tea is on its way.', 'zh-Hant': '已付款，茶葉即將寄出。' },
  back: { en: 'All teas', 'zh-Hant': '所有茶品' },
  pageLog: { en: 'What this page was told', 'zh-Hant': '此頁面收到的事件' },
  pageLogHint: {
    en: 'Events of <pay-button>, for the screen only.',
    'zh-Hant': '<pay-button> 的事件，僅供畫面顯示。',
  },
  serverLog: { en: 'What the shop’s server was told', 'zh-Hant': '商店伺服器收到的通知' },
  serverLogHint: {
    en: 'Signed webhooks of the proxy. Goods go out on these.',
    'zh-Hant': '代理伺服器簽章的 webhook，以此出貨。',
  },
  nothing: { en: 'Nothing yet', 'zh-Hant': '尚無' },
  noScript: { en: 'Paying needs JavaScript.', 'zh-Hant': '付款需要 JavaScript。' },
  notFound: { en: 'This page does not exist.', 'zh-Hant': '找不到此頁面。' },
} as const satisfies Record<string, Worded>
