/** Who waits for a payment to change. */
export class Waiters {
  readonly #waiting = new Map<string, Set<() => void>>()
  #count = 0
  #isClosed = false
  readonly #most: { payment: number; process: number }

  /** @param most for one payment, and for the whole process. */
  constructor(most: { payment: number; process: number }) {
    this.#most = most
  }

  get count(): number {
    return this.#count
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
   * `settled` resolves after a change, `timeout` milliseconds, an abort or `close`.
   */
  wait(
    paymentId: string,
    timeout: number,
    signal?: AbortSignal,
  ): { settled: Promise<void>; stop(): void } {
    let stop = () => {}
    const settled = new Promise<void>((resolve) => {
      const waiting = this.#waiting.get(paymentId) ?? new Set()
      this.#waiting.set(paymentId, waiting)
      const timer = setTimeout(() => stop(), timeout)
      stop = () => {
        if (!waiting.delete(stop)) return
        this.#count -= 1
        if (waiting.size === 0) this.#waiting.delete(paymentId)
        clearTimeout(timer)
        signal?.removeEventListener('abort', stop)
        resolve()
      }
      waiting.add(stop)
      this.#count += 1
      if (this.#isClosed || signal?.aborted) stop()
      else signal?.addEventListener('abort', stop)
    })
    return { settled, stop: () => stop() }
  }

  wake(paymentId: string): void {
    for (const stop of [...(this.#waiting.get(paymentId) ?? [])]) stop()
  }

  /** Ends every wait, and each later one at once. */
  close(): void {
    this.#isClosed = true
    for (const paymentId of [...this.#waiting.keys()]) this.wake(paymentId)
  }
}
