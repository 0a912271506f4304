import { parseArgs } from 'node:util'
import type { Experiment } from './figure.js'

export interface Choice {
  words: readonly string[]
  isQuick: boolean
  isLong: boolean
  isList: boolean
  /** Whether a goal that is not shown to be met is a failure. */
  isBudget: boolean
  json?: string
  against?: string
}

/**
 * What was asked for: `proxy checkout --quick --json now.json`.
 *
 * @throws {TypeError} where it has no such option.
 */
export function readChoice(args: readonly string[]): Choice {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      long: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      budget: { type: 'boolean', default: false },
      json: { type: 'string' },
      against: { type: 'string' },
    },
  })
  const { quick, long, list, budget, json, against } = values
  return {
    words: positionals,
    isQuick: quick,
    isLong: long,
    isList: list,
    isBudget: budget,
    ...(json === undefined ? {} : { json }),
    ...(against === undefined ? {} : { against }),
  }
}

/** Experiments that have every given word in their name; all that are not long without a word. */
export function chosen(
  experiments: readonly Experiment[],
  { words, isLong }: Pick<Choice, 'words' | 'isLong'>,
): Experiment[] {
  return experiments.filter(
    (experiment) =>
      (isLong || !experiment.isLong) &&
      words.every((word) => experiment.name.split('/').includes(word)),
  )
}
