import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import type { Answer } from './answer.js'

/** Closes the window that the button opened; where it stands after half a second, goes to the shop. */
const SCRIPT = `const shop = document.body.dataset.shop
window.close()
setTimeout(() => { if (shop) location.replace(shop); else document.body.dataset.done = '' }, 500)`

const STYLE = `:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { display: grid; place-content: center; min-block-size: 90vh; margin: 1rem; text-align: center }`

const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'content-security-policy': [
    "default-src 'none'",
    `script-src ${hash(SCRIPT)}`,
    `style-src ${hash(STYLE)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
}

interface Words {
  language: string
  title: string
  close: string
  back: string
}

const ENGLISH: Words = {
  language: 'en',
  title: 'Back from the payment page',
  close: 'You can close this window. The shop learns of your payment by itself.',
  back: 'Back to the shop',
}

const WORDS: readonly (readonly [RegExp, Words])[] = [
  [
    /^zh-(?:tw|hant|hk|mo)\b/i,
    {
      language: 'zh-Hant',
      title: '已離開付款頁面',
      close: '您可以關閉此視窗。商店會自動收到付款結果。',
      back: '返回商店',
    },
  ],
  [
    /^zh\b/i,
    {
      language: 'zh-Hans',
      title: '已离开支付页面',
      close: '您可以关闭此窗口。商店会自动收到付款结果。',
      back: '返回商店',
    },
  ],
  [
    /^id\b/i,
    {
      language: 'id',
      title: 'Kembali dari halaman pembayaran',
      close: 'Anda boleh menutup jendela ini. Toko otomatis mengetahui pembayaran Anda.',
      back: 'Kembali ke toko',
    },
  ],
]

/**
 * The page that a payer sees for a moment after the cashier.
 *
 * @param acceptLanguage the header as it came; its first language is taken.
 * @param shop where to go if the window stays open.
 */
export function returnPage(
  status: number,
  acceptLanguage: string | undefined,
  shop?: string,
): Answer {
  const words = WORDS.find(([language]) => language.test(acceptLanguage ?? ''))?.[1] ?? ENGLISH
  const page = html`<!doctype html>
<html lang="${words.language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${words.title}</title>
<link rel="icon" href="data:,">
<style>${raw(STYLE)}</style>
<body${shop === undefined ? '' : html` data-shop="${shop}"`}>
<p role="status">${words.close}</p>
${shop === undefined ? '' : html`<p><a href="${shop}">${words.back}</a></p>`}
<script>${raw(SCRIPT)}</script>
`
  return { status, headers: HEADERS, body: String(page) }
}
