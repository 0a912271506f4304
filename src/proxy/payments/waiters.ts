import { setImmediate as nextTurn } from 'node:timers/promises'

/** Payments whose waiters are woken before other requests have their turn. */
const AT_ONCE = 50

/**
 * Who waits for a payment to change, and what it is then: read once for all of them.
 *
 * A read is shared until the payment changes, and within one turn of the event loop. So whoever
 * begins to wait before reading misses nothing: a change that the read does not hold yet wakes them
 * and ends the sharing.
 */
export class Waiters<State> {
  readonly #waiting = new Map<string, Set<(isWoken: boolean) => void>>()
  readonly #states = new Map<string, Promise<State>>()
  readonly #read: (paymentId: string) => Promise<State>
  #count = 0
  #isClosed = false
  readonly #most: { payment: number; process: number }

  /** @param most for one payment, and for the whole process. */
  constructor(
    most: { payment: number; process: number },
    read: (paymentId: string) => Promise<State>,
  ) {
    this.#most = most
    this.#read = read
  }

  get count(): number {
    return this.#count
  }

  /** For which payments somebody waits. */
  get paymentIds(): string[] {
    return [...this.#waiting.keys()]
  }

  /** Whether one more may wait for this payment. */
  hasRoom(paymentId: string): boolean {
    return (
      !this.#isClosed &&
      this.#count < this.#most.process &&
      (this.#waiting.get(paymentId)?.size ?? 0) < this.#most.payment
    )
  }

  /**
   * Begins to listen at once, so that no change is missed between a read and the wait.
   *
   * @param timeout milliseconds.
   * @returns `woken`: true after a change, false after the time, an abort, `stop` or `close`.
   */
  wait(
    paymentId: string,
    timeout: number,
    signal?: AbortSignal,
  ): { woken: Promise<boolean>; stop(): void } {
    let end = (_isWoken: boolean) => {}
    const stop = () => end(false)
    const woken = new Promise<boolean>((resolve) => {
      const waiting = this.#waiting.get(paymentId) ?? new Set()
      this.#waiting.set(paymentId, waiting)
      const timer = setTimeout(stop, timeout)
      end = (isWoken) => {
        if (!waiting.delete(end)) return
        this.#count -= 1
        if (waiting.size === 0) this.#waiting.delete(paymentId)
        clearTimeout(timer)
        signal?.removeEventListener('abort', stop)
        resolve(isWoken)
      }
      waiting.add(end)
      this.#count += 1
      if (this.#isClosed || signal?.aborted) stop()
      else signal?.addEventListener('abort', stop)
    })
    return { woken, stop }
  }

  /** What the payment is by now. Waiting must have begun before. */
  state(paymentId: string): Promise<State> {
    let state = this.#states.get(paymentId)
    if (!state) {
      state = this.#read(paymentId)
      this.#states.set(paymentId, state)
      setImmediate(() => {
        if (this.#states.get(paymentId) === state) this.#states.delete(paymentId)
      })
    }
    return state
  }

  wake(paymentId: string): void {
    this.#states.delete(paymentId)
    for (const end of [...(this.#waiting.get(paymentId) ?? [])]) end(true)
  }

  /** Resolves when all are woken; others have their turn meanwhile. */
  async wakeAll(): Promise<void> {
    this.#states.clear()
    for (const [index, paymentId] of this.paymentIds.entries()) {
      this.wake(paymentId)
      if (index % AT_ONCE === AT_ONCE - 1) await nextTurn()
    }
  }

  /** Ends every wait, and each later one at once. */
  close(): void {
    this.#isClosed = true
    for (const waiting of [...this.#waiting.values()]) for (const end of [...waiting]) end(false)
  }
}
