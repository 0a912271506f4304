import type { Experiment, Measure, Sides } from './figure.js'
import { foreignLoad, withMachine } from './machine.js'
import { failedRow, type Row, toRow } from './row.js'

const ROUNDS = 5
const QUICK_ROUNDS = 3

export interface Result {
  rows: Row[]
  notes: Readonly<Record<string, string>>
}

type Round = Readonly<Record<string, number>>

/** Opens an experiment, runs its sides in turn, and closes it, whatever comes of it. */
export async function runExperiment(experiment: Experiment, isQuick: boolean): Promise<Result> {
  const usual = isQuick ? QUICK_ROUNDS : ROUNDS
  try {
    const before = await foreignLoad()
    const { sides, rounds, notes } = await withMachine(isQuick, async (machine) => {
      const sides = await experiment.open(machine)
      await interleave(sides, isQuick ? 0 : (experiment.warmUps ?? 0))
      const rounds = await interleave(sides, Math.min(experiment.rounds ?? usual, usual))
      return { sides, rounds, notes: (await sides.notes?.()) ?? {} }
    })
    const foreign = Math.max(before, await foreignLoad())
    return { rows: toRows(experiment, sides, rounds, foreign), notes }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
    const [why = ''] = String(error instanceof Error ? error.message : error).split('\n')
    const rows = Object.values(experiment.figures).map((figure) => failedRow(figure, why))
    return { rows, notes: {} }
  }
}

/** Ours, floor, peers, ours, floor, peers …: what slows the machine for a while slows all alike. */
async function interleave(sides: Sides, rounds: number): Promise<Round[][]> {
  const measures: Measure[] = [sides.ours]
  if (sides.floor) measures.push(sides.floor.measure)
  for (const { measure } of sides.peers ?? []) measures.push(measure)
  const results: Round[][] = measures.map(() => [])
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, measure] of measures.entries()) results[index]?.push(await measure())
  }
  return results
}

function toRows(
  { figures }: Experiment,
  { floor, peers = [] }: Sides,
  [ours = [], ...others]: Round[][],
  foreign: number,
): Row[] {
  const [floors, ...ofPeers] = floor ? others : [undefined, ...others]
  return Object.entries(figures).map(([key, figure]) => {
    const valuesOf = (rounds: readonly Round[]) => rounds.flatMap((round) => round[key] ?? [])
    const floorValues = valuesOf(floors ?? [])
    const named = peers.map(({ name }, index) => ({ name, values: valuesOf(ofPeers[index] ?? []) }))
    try {
      return toRow(
        figure,
        {
          ours: valuesOf(ours),
          ...(floor && floorValues.length > 0
            ? { floor: { name: floor.name, values: floorValues } }
            : {}),
          peers: named.filter(({ values }) => values.length > 0),
        },
        foreign,
      )
    } catch (error) {
      return failedRow(figure, String(error))
    }
  })
}
