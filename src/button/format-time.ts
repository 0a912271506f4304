/** A time of the contract (ISO 8601) as the payer's clock shows it; '' for what is none. */
export function formatTime(time = '', language: string): string {
  const date = new Date(time)
  if (Number.isNaN(date.getTime())) return ''
  const style = { dateStyle: 'medium', timeStyle: 'short' } as const
  return new Intl.DateTimeFormat(language, style).format(date)
}

/** `2 days`. */
export function formatDays(days: number, language: string): string {
  const unit = { style: 'unit', unit: 'day', unitDisplay: 'long' } as const
  return new Intl.NumberFormat(language, unit).format(days)
}
