import { html, type TemplateResult } from 'lit'
import type { Language } from '../language.js'

const words: Record<Language, string> = {
  en: 'Open this page in your browser',
  'zh-Hant-TW': '改用瀏覽器開啟此頁面',
  'zh-HK': '改用瀏覽器開啟此頁面',
  'zh-Hans': '改用浏览器打开此页面',
  id: 'Buka halaman ini di peramban',
}

/**
 * The way out of LINE's own browser, where some cashiers and wallets don't work: LINE hands what
 * has `openExternalBrowser=1` to the phone's browser.
 *
 * @param page this page, and the payment that it waits for.
 */
export function lineView(page: string, language: Language): TemplateResult {
  const address = new URL(page)
  address.searchParams.set('openExternalBrowser', '1')
  return html`<a class="plain" href=${address.href}>${words[language]}</a>`
}
