/** A time of the contract (ISO 8601) as the payer's clock shows it. */
export function formatTime(time: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(time),
  )
}

/** `2 days`. */
export function formatDays(days: number, language: string): string {
  const unit = { style: 'unit', unit: 'day', unitDisplay: 'long' } as const
  return new Intl.NumberFormat(language, unit).format(days)
}
