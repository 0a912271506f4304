import type { Money } from '../contract/money.js'

/**
 * Money as a payer reads it: no decimals if whole, else two, whatever `Intl` holds of the
 * currency. New Taiwan dollars are `NT$` everywhere: in zh-TW `Intl` writes a bare `$`.
 */
export function formatMoney({ value, currency }: Money, language: string): string {
  const digits = /\.\d*[1-9]/.test(value) ? 2 : 0
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
    .formatToParts(Number(value))
    .map((part) => (currency === 'TWD' && part.type === 'currency' ? 'NT$' : part.value))
    .join('')
}
