/** Times and counts that no provider gave: ours. Milliseconds. */
export const LIMITS = {
  /** How long a create call, or a row that waits for one, belongs to the process that began it. */
  createLease: 30_000,
  /** A row that no call was made for ends this long after its lease. */
  abandonedAfterLease: 30_000,
  /** How long an unknown outcome keeps its order locked. */
  unknownLocks: 10 * 60_000,
  /** A return, a callback or a waking page causes at most one query in this time. */
  queryAtMostEvery: 2_000,
  queryLease: 25_000,
  /** How long a repeated request waits for the first one. */
  replayWait: 12_000,
  openPayments: 10,
  allPayments: 30,
} as const
