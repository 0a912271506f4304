import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** A bench runs in the root of the repository. */
const ROOT = process.cwd()

/** What an experiment has of the machine, and gives back. */
export interface Machine {
  /** `--quick`: shorter runs and fewer of them. */
  isQuick: boolean
  /** Seconds of one run of load. */
  seconds: number
  /** An empty folder on a real disk, removed afterwards. */
  folder: string
  /** Stops what was started, the last first. */
  onClose(stop: () => unknown): void
}

/** Where the bench's own packages and pages are. */
export const BENCH = join(ROOT, 'test/bench')

/** Lends the machine to some work, and stops what it started, whatever comes of it. */
export async function withMachine<T>(
  isQuick: boolean,
  work: (machine: Machine) => Promise<T>,
): Promise<T> {
  const parent = join(ROOT, '.cache/bench')
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'run-'))
  const stops: (() => unknown)[] = []
  try {
    return await work({
      isQuick,
      seconds: isQuick ? 0.7 : 2,
      folder,
      onClose: (stop) => stops.push(stop),
    })
  } finally {
    for (const stop of stops.reverse()) await stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Milliseconds of rest in which whatever the cores do is done for others. */
const REST = 400

/** The share of the machine that others use while nothing of ours runs, 0 to 1. */
export async function foreignLoad(): Promise<number> {
  const before = times()
  await pause(REST)
  const after = times()
  return 1 - (after.idle - before.idle) / Math.max(1, after.all - before.all)
}

function times(): { idle: number; all: number } {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n')
  const fields = line.split(/\s+/).slice(1, 9).map(Number)
  const [, , , idle = 0, waiting = 0] = fields
  return { idle: idle + waiting, all: fields.reduce((sum, each) => sum + each, 0) }
}

/** What a reader has to know of the machine to believe a figure. */
export function describeMachine(): { cpu: string; cores: number; node: string; load: number } {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    node: process.version,
    load: loadavg()[0] ?? 0,
  }
}
