import type { Language } from '../language.js'

/** The shell's few words, there in every language before anything else loads. */
export interface Labels {
  pay: string
  payAmount: string
  loading: string
  submitting: string
  waiting: string
  paid: string
  failed: string
  close: string
  retry: string
  'problem.unreachable': string
}

export const labels: Record<Language, Labels> = {
  en: {
    pay: 'Pay',
    payAmount: 'Pay {amount}',
    loading: 'One moment…',
    submitting: 'Preparing your payment…',
    waiting: 'Waiting for your payment…',
    paid: 'Paid',
    failed: 'Not paid – try again',
    close: 'Close',
    retry: 'Try again',
    'problem.unreachable': 'The payment service can’t be reached. Nothing was charged.',
  },
  'zh-Hant': {
    pay: '付款',
    payAmount: '付款 {amount}',
    loading: '請稍候…',
    submitting: '正在準備付款…',
    waiting: '等待付款中…',
    paid: '已付款',
    failed: '尚未付款，請重試',
    close: '關閉',
    retry: '重試',
    'problem.unreachable': '目前無法連線至付款服務，並未扣款。',
  },
}
