import type { Report } from './report.js'
import type { Row } from './row.js'
import { shown, table } from './table.js'

const HEAD = ['figure', 'what', 'before', 'now', 'change', '']

/**
 * How each ratio has changed since an earlier run; the figure itself where it has none, because
 * another machine or another day makes it another figure.
 */
export function against(earlier: Report, now: Report): string {
  const before = new Map(earlier.rows.map((row) => [row.name, row]))
  const rows = now.rows.flatMap((row) => {
    const old = before.get(row.name)
    if (!old) return [[row.name, '', '', '', 'new', '']]
    return pairs(old, row).map(([what, was, is]) => [
      row.name,
      what,
      shown(was),
      shown(is),
      change(was, is),
      [old, row].some(({ verdict }) => verdict === 'too noisy') ? 'too noisy' : '',
    ])
  })
  return `Against ${earlier.at}, ${earlier.commit}\n\n${table(HEAD, rows)}`
}

function pairs(old: Row, row: Row): [what: string, was: number, is: number][] {
  const ratiosOf = ({ ratios }: Row) => [...(ratios.floor ? [ratios.floor] : []), ...ratios.peers]
  const compared = ratiosOf(row).flatMap((ratio): [string, number, number][] => {
    const was = ratiosOf(old).find(({ to }) => to === ratio.to)
    return was ? [[`÷ ${ratio.to}`, was.median, ratio.median]] : []
  })
  if (compared.length > 0) return compared
  return old.ours && row.ours ? [[row.unit, old.ours.median, row.ours.median]] : []
}

function change(was: number, is: number): string {
  if (was === is) return 'none'
  const share = (is / was - 1) * 100
  return `${share > 0 ? '+' : ''}${share.toFixed(1)} %`
}
