/** Runs one task again and again, never twice at once: at an interval, and soon after a `kick`. */
export interface Ticker {
  /** Something is due: run as soon as may be. */
  kick(): void
  /** Runs once now and resolves when it is done. */
  run(): Promise<void>
  /** Runs no more; resolves when a run that had begun is over. */
  stop(): Promise<void>
}

/** Milliseconds between two runs that were asked for, so that a burst of events shares one. */
const KICK_DELAY = 5

/** @param interval milliseconds. @param onError what to do with whatever the task throws. */
export function ticker(
  task: () => Promise<void>,
  interval: number,
  onError: (error: unknown) => void,
): Ticker {
  let running: Promise<void> | undefined
  let kicked: NodeJS.Timeout | undefined
  let isStopped = false

  const run = async (): Promise<void> => {
    await running
    if (isStopped) return
    running ??= task()
      .catch(onError)
      .finally(() => {
        running = undefined
      })
    await running
  }
  const timer = setInterval(run, interval)
  timer.unref?.()

  return {
    run,
    kick() {
      if (isStopped || kicked) return
      kicked = setTimeout(() => {
        kicked = undefined
        void run()
      }, KICK_DELAY)
      kicked.unref?.()
    },
    async stop() {
      isStopped = true
      clearInterval(timer)
      clearTimeout(kicked)
      await running
    },
  }
}
