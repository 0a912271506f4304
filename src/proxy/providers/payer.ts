import type { PayerValues } from '../../contract/payer-fields.js'

/** A payer's value that is one text, if there is one. */
export function payerText(payer: PayerValues, name: string): string | undefined {
  const value = payer[name]
  return typeof value === 'string' ? value : undefined
}
