import { type Figure, type Goal, isTimed } from './figure.js'
import { type Summary, spread, summarise } from './statistics.js'

export type Verdict = 'met' | 'missed' | 'too noisy' | 'failed' | 'no goal'

/** One side of a figure, over all runs. */
export interface Measured extends Summary {
  name: string
  values: readonly number[]
}

/** Ours ÷ another side, of each round, so that what slows both is in neither. */
export interface Ratio extends Summary {
  to: string
}

/** One line of the table, and of the JSON. */
export interface Row extends Figure {
  ours?: Measured
  floor?: Measured
  peers: readonly Measured[]
  ratios: { floor?: Ratio; peers: readonly Ratio[] }
  verdict: Verdict
  /** Why there is no verdict. */
  why?: string
}

/** Above this the middle half of the runs lies too far apart to tell, as a share of the median. */
export const MOST_SPREAD = 0.25
/** Above this others use too much of the machine, as a share of it. */
export const MOST_FOREIGN = 0.1

/** The values of each side, in the order of the rounds. `undefined`: the side has no such figure. */
export interface Values {
  ours: readonly number[]
  floor?: { name: string; values: readonly number[] }
  peers: readonly { name: string; values: readonly number[] }[]
}

/** @param foreign the share of the machine that others used meanwhile. */
export function toRow(figure: Figure, values: Values, foreign: number): Row {
  const ours = measured('ours', values.ours)
  const floor = values.floor && measured(values.floor.name, values.floor.values)
  const peers = values.peers.map(({ name, values: each }) => measured(name, each))
  const ratioTo = (other: Measured): Ratio => ({
    to: other.name,
    ...summarise(ours.values.map((value, round) => value / (other.values[round] ?? Number.NaN))),
  })
  const row = {
    ...figure,
    ours,
    ...(floor ? { floor } : {}),
    peers,
    ratios: { ...(floor ? { floor: ratioTo(floor) } : {}), peers: peers.map(ratioTo) },
  }
  return { ...row, ...judge(row, foreign) }
}

/** A figure that could not be measured says why, and the others go on. */
export function failedRow(figure: Figure, why: string): Row {
  return { ...figure, peers: [], ratios: { peers: [] }, verdict: 'failed', why }
}

function judge(
  { unit, goal, better, ours, ratios }: Omit<Row, 'verdict'> & { ours: Measured },
  foreign: number,
): { verdict: Verdict; why?: string } {
  // What slows both sides of a round is in no ratio.
  const judged = goal && isOfFloor(goal) ? ratios.floor : ours
  if (!judged) return { verdict: 'failed', why: 'it has no floor' }
  if (isTimed(unit) && foreign > MOST_FOREIGN) {
    return { verdict: 'too noisy', why: `others use ${percent(foreign)} of the machine` }
  }
  const isMissed = (value: number) => {
    if (!goal) return false
    const wanted = isOfFloor(goal) ? goal.ofFloor : goal.value
    return better === 'higher' ? value < wanted : value > wanted
  }
  // What not even the best of the runs reached is missed, however far they lie apart.
  if (isMissed(better === 'higher' ? judged.most : judged.least)) return { verdict: 'missed' }
  if (spread(judged) > MOST_SPREAD) {
    return { verdict: 'too noisy', why: `runs lie ${percent(spread(judged))} apart` }
  }
  if (!goal) return { verdict: 'no goal' }
  return { verdict: isMissed(judged.median) ? 'missed' : 'met' }
}

export function isOfFloor(goal: Goal): goal is { ofFloor: number } {
  return 'ofFloor' in goal
}

function measured(name: string, values: readonly number[]): Measured {
  return { name, values, ...summarise(values) }
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
