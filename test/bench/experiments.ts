import type { Experiment } from './harness/figure.js'
import { bytes } from './page/bytes.js'
import { start } from './proxy/start.js'

/** Everything that is measured, in the order of the table. */
export const experiments: readonly Experiment[] = [bytes, start]
