import { createServer } from 'node:net'
import { afterEach, vi } from 'vitest'

// A machine that is busy with other tests is slow, and nothing here waits this long by itself.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000, expect: { poll: { timeout: 10_000 } } })

export interface Clock {
  /** Milliseconds that the proxy and the sandbox are ahead of this machine. */
  offset: number
  /** Stops the clock, so that only `offset` moves it. */
  freeze(): void
  now(): number
}

const open: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

/** What must be gone after the test, the last first. */
export function closeAfterTest(close: () => Promise<void>): void {
  open.push(close)
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

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
