import { setImmediate as nextTurn } from 'node:timers/promises'

/** Payments whose waiters are woken before other requests have their turn. */
const AT_ONCE = 50

/** Somebody who listens for changes of a payment, from the moment it was made. */
export interface Wait {
  /**
   * Resolves to true after a change, to false after the time, an abort, `stop` or `close`.
   *
   * @param timeout milliseconds.
   */
  woken(timeout: number, signal?: AbortSignal): Promise<boolean>
  stop(): void
}

/**
 * Who waits for a payment to change, and what it is then: read once for all of them.
 *
 * A read is shared until the payment changes, and within one turn of the event loop where other
 * processes may change it. So whoever begins to wait before reading misses nothing: a change that
 * the read does not hold yet wakes them and ends the sharing.
 */
export class Waiters<State> {
  readonly #waiting = new Map<string, Set<(isWoken: boolean) => void>>()
  readonly #reads = new Map<string, Promise<State>>()
  readonly #kept = new Map<string, NonNullable<State>>()
  readonly #read: (paymentId: string) => Promise<State>
  #count = 0
  #isClosed = false
  readonly #most: { payment: number; process: number }
  readonly #keeps: number

  /**
   * @param most for one payment, and for the whole process.
   * @param keeps how many reads outlive their turn: none where other processes change payments.
   */
  constructor(
    most: { payment: number; process: number },
    read: (paymentId: string) => Promise<State>,
    keeps = 0,
  ) {
    this.#most = most
    this.#read = read
    this.#keeps = keeps
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

  /** Begins to listen at once, so that no change is missed between a read and the wait. */
  wait(paymentId: string): Wait {
    const waiting = this.#waiting.get(paymentId) ?? new Set()
    this.#waiting.set(paymentId, waiting)
    let ended: boolean | undefined
    let tell = (_isWoken: boolean) => {}
    const end = (isWoken: boolean) => {
      if (!waiting.delete(end)) return
      this.#count -= 1
      if (waiting.size === 0) this.#waiting.delete(paymentId)
      ended = isWoken
      tell(isWoken)
    }
    const stop = () => end(false)
    waiting.add(end)
    this.#count += 1
    if (this.#isClosed) stop()
    // Most who ask learn something new at once: a timer and a signal are for those who do not.
    const woken: Wait['woken'] = (timeout, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) stop()
        if (ended !== undefined) {
          resolve(ended)
          return
        }
        const timer = setTimeout(stop, timeout)
        signal?.addEventListener('abort', stop)
        tell = (isWoken) => {
          clearTimeout(timer)
          signal?.removeEventListener('abort', stop)
          resolve(isWoken)
        }
      })
    return { woken, stop }
  }

  /** What the payment is at this moment, where that is known. */
  kept(paymentId: string): State | undefined {
    return this.#kept.get(paymentId)
  }

  /** What the payment is by now. Waiting must have begun before. */
  async state(paymentId: string): Promise<State> {
    const kept = this.#kept.get(paymentId)
    if (kept !== undefined) return kept
    let read = this.#reads.get(paymentId)
    if (!read) {
      read = this.#read(paymentId)
      this.#reads.set(paymentId, read)
      this.#endSharing(paymentId, read)
    }
    return read
  }

  #endSharing(paymentId: string, read: Promise<State>): void {
    const end = () => {
      const isCurrent = this.#reads.get(paymentId) === read
      if (isCurrent) this.#reads.delete(paymentId)
      return isCurrent
    }
    if (this.#keeps === 0) {
      setImmediate(end)
      return
    }
    read.then((state) => {
      // What is not there may be there in a moment.
      if (end() && state != null) this.#keep(paymentId, state)
    }, end)
  }

  #keep(paymentId: string, state: NonNullable<State>): void {
    this.#kept.set(paymentId, state)
    if (this.#kept.size <= this.#keeps) return
    const [oldest] = this.#kept.keys()
    if (oldest !== undefined) this.#kept.delete(oldest)
  }

  wake(paymentId: string): void {
    this.#reads.delete(paymentId)
    this.#kept.delete(paymentId)
    for (const end of [...(this.#waiting.get(paymentId) ?? [])]) end(true)
  }

  /** Resolves when all are woken; others have their turn meanwhile. */
  async wakeAll(): Promise<void> {
    this.#reads.clear()
    this.#kept.clear()
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
