import type { Payment } from '../../contract/payment.js'
import { type Answer, type PayClient, ProxyError } from './client.js'

/** Which payment: by its id or, where the answer with the id was lost, by its key. */
export type Target = { id: string; version?: number } | { key: string }

const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 30_000
/** A wait that ends sooner without news was not parked; asking again at once would be a flood. */
const PARKED_MS = 500

/**
 * Follows one payment until it succeeds: one long poll at a time, only while the page is
 * visible, and at once when the page wakes.
 */
export class Waiter {
  readonly #client: PayClient
  readonly #tell: (payment: Payment) => void
  readonly #gone: () => void
  readonly #isWatched: () => boolean
  readonly #stopped = new AbortController()
  #target: Target
  /** Ends the request or the pause that is under way. */
  #current = new AbortController()
  #justWoke = false

  /**
   * `gone`: the proxy knows no such payment; nothing is told after it. `isWatched`: whether
   * anybody listens; call `wake` when that changes.
   */
  constructor(
    client: PayClient,
    target: Target,
    isWatched: () => boolean,
    tell: (payment: Payment) => void,
    gone: () => void,
  ) {
    this.#client = client
    this.#target = target
    this.#isWatched = isWatched
    this.#tell = tell
    this.#gone = gone
    const { signal } = this.#stopped
    const wake = () => this.wake()
    document.addEventListener('visibilitychange', wake, { signal })
    addEventListener('pageshow', wake, { signal })
    addEventListener('online', wake, { signal })
    void this.#follow()
  }

  stop(): void {
    this.#stopped.abort()
    this.#current.abort()
  }

  /** Asks at once, with a plain read. */
  wake(): void {
    this.#justWoke = true
    this.#current.abort()
  }

  async #follow(): Promise<void> {
    let failures = 0
    while (!this.#stopped.signal.aborted) {
      this.#current = new AbortController()
      const { signal } = this.#current
      if (document.hidden || !this.#isWatched()) {
        await pause(Number.POSITIVE_INFINITY, signal)
        continue
      }
      try {
        const before = performance.now()
        const { payment, retryAfter } = await this.#ask(signal)
        if (signal.aborted) continue
        const isNews = this.#take(payment)
        if (payment.status === 'succeeded') return this.stop()
        failures = isNews || performance.now() - before > PARKED_MS ? 0 : failures + 1
        if (retryAfter || failures > 1) await pause(retryAfter * 1000 || backoff(failures), signal)
      } catch (error) {
        if (signal.aborted) continue
        if (error instanceof ProxyError && error.fault.status === 404) {
          this.stop()
          return this.#gone()
        }
        this.#justWoke = true
        await pause(backoff(++failures), signal)
      }
    }
  }

  #ask(signal: AbortSignal): Promise<Answer> {
    const target = this.#target
    if ('key' in target) return this.#client.find(target.key, signal)
    if (this.#justWoke || target.version === undefined) {
      this.#justWoke = false
      return this.#client.read(target.id, { signal })
    }
    return this.#client.wait(target.id, target.version, signal)
  }

  /** Tells what is new. False where it was known. */
  #take(payment: Payment): boolean {
    const target = this.#target
    if ('version' in target && (target.version ?? 0) >= payment.version) return false
    this.#target = { id: payment.id, version: payment.version }
    this.#tell(payment)
    return true
  }
}

/** Milliseconds: doubling, and jittered so that many pages don't come back together. */
function backoff(failures: number): number {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (failures - 1))
  return longest * (0.5 + Math.random() / 2)
}

/** Ends early when `signal` aborts. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = Number.isFinite(ms) ? setTimeout(resolve, ms) : undefined
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
