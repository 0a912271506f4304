import type { Language } from '../language.js'

interface PhoneWords {
  scan: string
  /** What the picture is, for who can't see it. */
  picture: string
}

export const phoneWords: Record<Language, PhoneWords> = {
  en: {
    scan: 'Scan this code with your phone and pay there.',
    picture: 'QR code of the payment page',
  },
  'zh-Hant-TW': {
    scan: '請用手機掃描此 QR Code 並完成付款。',
    picture: '付款頁面的 QR Code',
  },
  'zh-HK': {
    scan: '請用手機掃描此二維碼並完成付款。',
    picture: '付款頁面的二維碼',
  },
  'zh-Hans': {
    scan: '请用手机扫描此二维码并完成支付。',
    picture: '支付页面的二维码',
  },
  id: {
    scan: 'Pindai kode ini dengan ponsel dan bayar di sana.',
    picture: 'Kode QR halaman pembayaran',
  },
}
