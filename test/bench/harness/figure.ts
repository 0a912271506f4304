import type { Machine } from './machine.js'

const TIMED = ['req/s', 's', 'ms', 'µs'] as const
export type Unit =
  | (typeof TIMED)[number]
  | 'ms CPU'
  | 'MB'
  | 'kB'
  | 'bytes'
  | 'kB/min'
  | 'per min'
  | 'count'

/** Whether a machine that others use changes it. */
export function isTimed(unit: Unit): boolean {
  return TIMED.some((each) => each === unit)
}

/** What a figure has to reach: in comparison with the floor, or by itself. Reached counts as met. */
export type Goal = { ofFloor: number } | { value: number }

/** One line of the table. */
export interface Figure {
  /** Unique: changes are held against earlier runs by it. Experiment, database, figure. */
  name: string
  unit: Unit
  /** Which values are good. A goal is the worst of them. */
  better: 'higher' | 'lower'
  goal?: Goal
}

/** One run of one side: what it makes of each figure, by the figure's key. */
export type Measure = () => Promise<Readonly<Record<string, number>>>

export interface Side {
  /** As a reader knows it: `node:http pipe`, `http-proxy`. */
  name: string
  measure: Measure
}

/** Texts for the report, by title. */
export type Notes = Readonly<Record<string, string>>

/** What stands ready to be measured in turn. */
export interface Sides {
  ours: Measure
  /** The least that the machine allows for the same. */
  floor?: Side
  /** What a user would take instead, or what the floor leaves out that ours has to do. */
  peers?: readonly Side[]
  /** Query plans, for one. Read after the last run. */
  notes?: () => Notes | Promise<Notes>
}

/** Figures that come of the same runs. */
export interface Experiment {
  /** `proxy/checkout/sqlite`: chosen by any of its words. */
  name: string
  figures: Readonly<Record<string, Figure>>
  /** How often each side runs, where that differs from the usual. 1 for what is exact. */
  rounds?: number
  /**
   * Rounds that are run before and not counted: V8 compiles what is hot while it runs, on the core
   * that is measured, for the first ten seconds of a load.
   */
  warmUps?: number
  /** Left out unless `--long`. */
  isLong?: true
  /**
   * Sets everything up. What it starts by `machine` is stopped after the last run, or where
   * anything fails.
   */
  open(machine: Machine): Promise<Sides>
}
