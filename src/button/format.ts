import type { Money } from '../contract/money.js'

const formatters = new Map<string, Intl.NumberFormat>()

/**
 * In tasks of its own: the first one of a page takes a slow phone longer than all of the button. V8 looks
 * through all its locales for it, and half of that it does for a collator too.
 */
export function makeFirstFormatter(): void {
  setTimeout(Intl.Collator)
  setTimeout(Intl.NumberFormat)
}

/** One for all amounts of a kind: to make it costs more than to use it. */
function formatterOf(language: string, currency: string, digits: number): Intl.NumberFormat {
  const kind = [language, currency, digits].join()
  let formatter = formatters.get(kind)
  if (!formatter) {
    formatter = new Intl.NumberFormat(language, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    })
    formatters.set(kind, formatter)
  }
  return formatter
}

/**
 * Money as a payer reads it: no decimals if whole, else two, whatever `Intl` holds of the
 * currency. New Taiwan dollars are `NT$` everywhere: in zh-TW `Intl` writes a bare `$`.
 */
export function formatMoney({ value, currency }: Money, language: string): string {
  return formatterOf(language, currency, /\.\d*[1-9]/.test(value) ? 2 : 0)
    .formatToParts(Number(value))
    .map((part) => (currency === 'TWD' && part.type === 'currency' ? 'NT$' : part.value))
    .join('')
}
