import { readFileSync, writeFileSync } from 'node:fs'
import { experiments } from './experiments.js'
import { against } from './harness/against.js'
import { chosen, readChoice } from './harness/choice.js'
import { describeMachine } from './harness/machine.js'
import { commit, type Report } from './harness/report.js'
import type { Row } from './harness/row.js'
import { runExperiment } from './harness/run-experiment.js'
import { toMarkdown } from './harness/table.js'

const choice = readChoice(process.argv.slice(2))
const picked = chosen(experiments, choice)
if (picked.length === 0) {
  console.error(`bench: nothing is called ${choice.words.join(' ')}; see --list`)
  process.exit(1)
}
if (choice.isList) {
  for (const { name } of picked) console.log(name)
  process.exit(0)
}
const rows: Row[] = []
const notes: Record<string, string> = {}
const report: Report = {
  at: new Date().toISOString(),
  commit: commit(),
  isQuick: choice.isQuick,
  machine: describeMachine(),
  rows,
  notes,
}
// Whoever is told to stop tells what it has, and leaves no server behind: they are killed as the
// process ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    tell()
    process.exit(130)
  })
}

for (const experiment of picked) {
  process.stderr.write(`${experiment.name} … `)
  const start = performance.now()
  const result = await runExperiment(experiment, choice.isQuick)
  process.stderr.write(`${((performance.now() - start) / 1000).toFixed(0)} s\n`)
  rows.push(...result.rows)
  Object.assign(notes, result.notes)
}
tell()
const isOver = ({ goal, verdict }: Row) => choice.isBudget && goal && verdict !== 'met'
process.exit(rows.some((row) => row.verdict === 'failed' || isOver(row)) ? 1 : 0)

function tell(): void {
  console.log(`\n${toMarkdown(report)}`)
  if (choice.json) writeFileSync(choice.json, `${JSON.stringify(report, null, 2)}\n`)
  if (choice.against) {
    console.log(`\n${against(JSON.parse(readFileSync(choice.against, 'utf8')), report)}`)
  }
}
