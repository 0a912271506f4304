import { completion } from './completion/completion.js'
import { requests } from './completion/requests.js'
import type { Experiment } from './harness/figure.js'
import { bytes } from './page/bytes.js'
import { completionInPage } from './page/completion.js'
import { load } from './page/load.js'
import { many } from './page/many.js'
import { press } from './page/press.js'
import { checkout } from './proxy/checkout.js'
import { notification } from './proxy/notification.js'
import { soak } from './proxy/soak.js'
import { start } from './proxy/start.js'
import { statusRead } from './proxy/status-read.js'
import { waiters } from './proxy/waiters.js'
import { scale } from './scale/scale.js'

/** Everything that is measured, in the order of the table. */
export const experiments: readonly Experiment[] = [
  bytes,
  load,
  press,
  many,
  completionInPage,
  start,
  checkout('sqlite'),
  checkout('postgres'),
  statusRead('sqlite'),
  statusRead('postgres'),
  notification('sqlite'),
  notification('postgres'),
  waiters,
  completion(1),
  completion(1_000),
  completion(10_000),
  requests,
  scale('sqlite'),
  scale('postgres'),
  soak,
]
