import { onTestFinished, vi } from 'vitest'

export interface Clock {
  /** Milliseconds that the proxy and the sandbox are ahead of this machine. */
  offset: number
  /** Stops the clock, so that only `offset` moves it. */
  freeze(): void
  now(): number
}

/**
 * What must be gone after the test, the last first. A hook of this module would be one of the first
 * file's alone: files share what they import.
 */
export function closeAfterTest(close: () => Promise<void>): void {
  onTestFinished(close)
}

/** Stops the timers of this process: `vi.advanceTimersByTime` runs them, and nobody waits. */
export function holdTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  closeAfterTest(async () => void vi.useRealTimers())
}

export function createClock(): Clock {
  let frozenAt: number | undefined
  const clock = {
    offset: 0,
    freeze: () => {
      frozenAt = Date.now()
    },
    now: () => (frozenAt ?? Date.now()) + clock.offset,
  }
  return clock
}
