import type { Report } from './report.js'
import { isOfFloor, type Measured, type Ratio, type Row } from './row.js'

const HEAD = ['figure', 'unit', 'ours', 'floor', 'peer', '÷ floor', '÷ peer', 'goal', '']

/** The whole report as Markdown. */
export function toMarkdown({ rows, notes, machine, at, commit, isQuick }: Report): string {
  return [
    `${at}, ${commit}, ${machine.cpu}, ${machine.cores} cores, Node ${machine.node}, load ${machine.load.toFixed(2)}${isQuick ? ', quick form' : ''}`,
    table(HEAD, rows.map(toCells)),
    ...reasons(rows),
    ...Object.entries(notes).map(([title, text]) => `## ${title}\n\n\`\`\`\n${text}\n\`\`\``),
  ].join('\n\n')
}

/** Why rows have no verdict, each reason once. */
function reasons(rows: readonly Row[]): string[] {
  const names = new Map<string, string[]>()
  for (const { name, why } of rows) if (why) names.set(why, [...(names.get(why) ?? []), name])
  const lines = [...names].map(([why, of]) => `- ${why}: ${of.join('; ')}`)
  return lines.length > 0 ? [lines.join('\n')] : []
}

/** A table of Markdown that also reads well in a terminal. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, 3, ...rows.map((row) => (row[column] ?? '').length)),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

/** Three digits that count, more for what is larger. */
export function shown(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 100) {
    return Math.round(value).toLocaleString('en')
  }
  return String(Number(value.toPrecision(3)))
}

function toCells(row: Row): string[] {
  const { name, unit, ours, floor, peers, ratios, goal, better, verdict } = row
  const bound = better === 'higher' ? '≥' : '≤'
  const wanted = goal && (isOfFloor(goal) ? `${goal.ofFloor} of floor` : shown(goal.value))
  return [
    name,
    unit,
    ours ? side(ours) : '',
    floor ? `${side(floor)} ${floor.name}` : '',
    peers.map((peer) => `${side(peer)} ${peer.name}`).join('; '),
    ratios.floor ? ratio(ratios.floor) : '',
    ratios.peers.map(ratio).join('; '),
    wanted ? `${bound} ${wanted}` : '',
    verdict === 'no goal' ? '' : verdict,
  ]
}

/** The median, and between which values the runs lie where they differ. */
function side({ median, least, most }: Measured): string {
  return least === most ? shown(median) : `${shown(median)} (${shown(least)}–${shown(most)})`
}

function ratio({ median }: Ratio): string {
  return median.toFixed(2)
}
