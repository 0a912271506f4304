/** Who waits for a payment to change. */
export class Waiters {
  readonly #waiting = new Map<string, Set<(isWoken: boolean) => void>>()
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

  wake(paymentId: string): void {
    for (const end of [...(this.#waiting.get(paymentId) ?? [])]) end(true)
  }

  wakeAll(): void {
    for (const paymentId of this.paymentIds) this.wake(paymentId)
  }

  /** Ends every wait, and each later one at once. */
  close(): void {
    this.#isClosed = true
    for (const waiting of [...this.#waiting.values()]) for (const end of [...waiting]) end(false)
  }
}
