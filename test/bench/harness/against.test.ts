import { expect, it } from 'vitest'
import { against } from './against.js'
import type { Figure } from './figure.js'
import type { Report } from './report.js'
import { toRow } from './row.js'
import { toMarkdown } from './table.js'

const figure: Figure = { name: 'checkout', unit: 'req/s', better: 'higher', goal: { ofFloor: 0.5 } }
const report = (ours: number, name = figure.name): Report => ({
  at: '2026-01-01',
  commit: 'abc',
  isQuick: false,
  machine: { cpu: 'x', cores: 2, node: 'v20', load: 0 },
  rows: [
    toRow(
      { ...figure, name },
      { ours: [ours], floor: { name: 'node:http', values: [100] }, peers: [] },
      0,
    ),
  ],
  notes: { Plans: 'SEARCH payments' },
})

it('tells how a ratio has changed, not what the machine made of it', () => {
  expect(against(report(50), report(60))).toMatch(
    /checkout +\| ÷ node:http +\| 0\.5 +\| 0\.6 +\| \+20\.0 %/,
  )
  expect(against(report(50), report(50))).toMatch(/\| none/)
  expect(against(report(50), report(50, 'another'))).toMatch(/another .*\| new/)
})

it('prints every row, and the notes below', () => {
  const text = toMarkdown(report(60))
  expect(text).toMatch(
    /\| checkout +\| req\/s \| 60 +\| 100 node:http \| +\| 0\.60 .*\| ≥ 0\.5 of floor \| met +\|/,
  )
  expect(text).toContain('## Plans\n\n```\nSEARCH payments')
})
