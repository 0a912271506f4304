import type { Payment } from '../../contract/payment.js'
import type { Answer, PayClient } from './client.js'

/** Which payment: by its id or, where the answer with the id was lost, by its key. */
export interface Target {
  id?: string | undefined
  version?: number
  key?: string | undefined
}

/** Follows one payment until it succeeds. */
export interface Waiter {
  /** Asks at once. */
  wake(): void
  /** For good. */
  stop(): void
}

/** Whom a waiter serves. */
export interface Listener {
  /** Whether anybody listens; call `wake` when that changes. */
  isWatching(): boolean
  tell(payment: Payment): void
  /** How many questions in a row were in vain; 0 once one is answered again. */
  missed(count: number): void
  /** The proxy knows no such payment. The waiter has stopped. */
  gone(): void
}

const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 30_000

/**
 * Follows a payment: one long poll at a time, only while the page is visible, and a plain read at
 * once when the page wakes.
 */
export function follow(client: PayClient, target: Target, listener: Listener): Waiter {
  const stopped = new AbortController()
  /** Ends the request or the pause that is under way. */
  let current = new AbortController()
  let justWoke = false
  let at = target

  const wake = () => {
    justWoke = true
    current.abort()
  }
  const stop = () => {
    stopped.abort()
    current.abort()
  }
  // The page gets the focus when the payer closes the cashier's window.
  for (const type of ['visibilitychange', 'pageshow', 'online', 'focus']) {
    addEventListener(type, wake, stopped)
  }
  void run()
  return { wake, stop }

  async function run(): Promise<void> {
    let failures = 0
    while (!stopped.signal.aborted) {
      current = new AbortController()
      const { signal } = current
      if (document.hidden || !listener.isWatching()) await pause(LONGEST_PAUSE_MS, signal)
      else failures = await ask(signal, failures)
    }
  }

  /** One question and the pause after it. Returns how many were in vain, without a break. */
  async function ask(signal: AbortSignal, failures: number): Promise<number> {
    const isRead = justWoke
    justWoke = false
    const { payment, fault, retryAfter } = await request(isRead, signal)
    if (signal.aborted) return failures
    if (payment) {
      if (failures) listener.missed(0)
      const isNews = at.version !== payment.version
      at = { id: payment.id, version: payment.version }
      if (payment.status === 'succeeded') stop()
      if (isNews) listener.tell(payment)
      // A wait that found nothing may not have been parked: asking on at once could be a flood.
      await pause(retryAfter * 1000 || (isNews || isRead ? 0 : FIRST_PAUSE_MS), signal)
      return 0
    }
    if (fault.status === 404) {
      stop()
      listener.gone()
    } else {
      listener.missed(failures + 1)
    }
    justWoke = true
    // Doubling, and jittered so that many pages don't come back together.
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures)
    await pause(Math.max(retryAfter * 1000, longest * (0.5 + Math.random() / 2)), signal)
    return failures + 1
  }

  function request(isRead: boolean, signal: AbortSignal): Promise<Answer> {
    const { id, version, key = '' } = at
    if (!id) return client.find(key, signal)
    return isRead || !version ? client.read(id, signal) : client.wait(id, version, signal)
  }
}

/** Ends early when `signal` aborts. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
