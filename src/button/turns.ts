/** How long buttons draw in one task, so that a press need not wait for a page of many. */
const TURN_MS = 16

let current: { end: number; over: Promise<void> } | undefined

/** After whatever else the page has to do by now. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}

/** What to wait for before one more button is drawn: nothing while this task has time for it. */
export function turn(): Promise<void> | undefined {
  current ??= {
    end: performance.now() + TURN_MS,
    over: nextTask().then(() => {
      current = undefined
    }),
  }
  return performance.now() < current.end ? undefined : current.over
}
