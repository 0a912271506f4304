/** What we can send; of those that a client likes alike the first one, which is the smallest. */
export const CODINGS = ['br', 'gzip', 'identity'] as const
export type Coding = (typeof CODINGS)[number]

/**
 * The coding of an answer (RFC 9110 §12.5.3). A client that names none that we have gets the plain
 * text, even if it refuses it: a button in a form it did not ask for is better than none.
 *
 * @param accepted `Accept-Encoding`; without it the text goes as it is.
 */
export function chooseCoding(accepted: string | undefined): Coding {
  const weights = new Map<string, number>()
  for (const part of (accepted ?? '').toLowerCase().split(',')) {
    const [, coding, weight = '1'] =
      /^\s*([^\s;]+)\s*(?:;\s*q\s*=\s*([\d.]+)\s*)?$/.exec(part) ?? []
    if (coding) weights.set(coding === 'x-gzip' ? 'gzip' : coding, Number(weight) || 0)
  }
  // Plain text is always taken, but last, where it is not named.
  const unnamed = (coding: Coding) =>
    weights.get('*') ?? (coding === 'identity' ? Number.MIN_VALUE : 0)
  const weightOf = (coding: Coding) => weights.get(coding) ?? unnamed(coding)
  const best = CODINGS.reduce((best, each) => (weightOf(each) > weightOf(best) ? each : best))
  return weightOf(best) > 0 ? best : 'identity'
}
