import type { Language } from '../language.js'

/** What the shell can need before the checkout has loaded, there in every language at once. */
export interface Labels {
  /** Also without an amount, where it is not known. */
  payAmount: string
  loading: string
  paid: string
  close: string
  /** Beside the label where no real money moves. */
  testMark: string
  retry: string
  reload: string
  'problem.unreachable': string
}

/** Taiwan and Hong Kong part only in the checkout's words. */
const traditional: Labels = {
  payAmount: '付款 {amount}',
  loading: '請稍候…',
  paid: '已付款',
  close: '關閉',
  testMark: '測試',
  retry: '重試',
  reload: '重新載入頁面',
  'problem.unreachable': '目前無法連線，並未扣款。',
}

export const labels: Record<Language, Labels> = {
  en: {
    payAmount: 'Pay {amount}',
    loading: 'One moment…',
    paid: 'Paid',
    close: 'Close',
    testMark: 'Test',
    retry: 'Try again',
    reload: 'Reload the page',
    'problem.unreachable': 'Can’t connect. Nothing was charged.',
  },
  'zh-Hant-TW': traditional,
  'zh-HK': traditional,
  'zh-Hans': {
    payAmount: '支付 {amount}',
    loading: '请稍候…',
    paid: '已支付',
    close: '关闭',
    testMark: '测试',
    retry: '重试',
    reload: '刷新页面',
    'problem.unreachable': '无法连接，并未扣款。',
  },
  id: {
    payAmount: 'Bayar {amount}',
    loading: 'Mohon tunggu…',
    paid: 'Lunas',
    close: 'Tutup',
    testMark: 'Uji coba',
    retry: 'Coba lagi',
    reload: 'Muat ulang halaman',
    'problem.unreachable': 'Tidak dapat terhubung. Dana tidak terpotong.',
  },
}
