/** `0.10`, `300`, `300.00`: major units, up to two decimals, no needless zeros in front. */
const AMOUNT = /^(?:0|[1-9]\d{0,11})(?:\.(\d{1,2}))?$/

const SYMBOL: Record<string, string> = {
  TWD: 'NT$',
  USD: 'US$',
  IDR: 'Rp ',
  HKD: 'HK$',
  CNY: 'CN¥',
}

/** @returns `undefined` for what is no amount above zero. */
export function toCents(amount: string): bigint | undefined {
  const [text, decimals = ''] = AMOUNT.exec(amount) ?? []
  if (text === undefined) return undefined
  const cents = BigInt(text.replace(/\..*/, '') + decimals.padEnd(2, '0'))
  return cents > 0n ? cents : undefined
}

/** `30050n` → `300.50`, `30000n` → `300`. */
export function fromCents(cents: bigint): string {
  const rest = String(cents % 100n).padStart(2, '0')
  return rest === '00' ? String(cents / 100n) : `${cents / 100n}.${rest}`
}

/** How many decimals a merchant wrote: a part of the amount has no more of them. */
export function decimalsOf(amount: string): number {
  return AMOUNT.exec(amount)?.[1]?.length ?? 0
}

/** A part to suggest. */
export function halfOf(amount: string): string {
  const half = (toCents(amount) ?? 0n) / 2n
  return decimalsOf(amount) > 0 ? fromCents(half) : String(half / 100n)
}

/** `NT$1,200`, `US$12.50`. Never through a float. */
export function shownAmount(amount: string, currency: string): string {
  const [whole = '', decimals] = fromCents(toCents(amount) ?? 0n).split('.')
  const grouped = new Intl.NumberFormat('en').format(BigInt(whole))
  return `${SYMBOL[currency] ?? `${currency} `}${grouped}${decimals ? `.${decimals}` : ''}`
}
