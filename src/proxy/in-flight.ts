/** Work that has begun and must come to its end before the process may stop. */
export class InFlight {
  readonly #running = new Set<Promise<unknown>>()

  track<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work)
    const forget = () => this.#running.delete(work)
    work.then(forget, forget)
    return work
  }

  /** Resolves when nothing is in flight any more, whatever came of it. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.allSettled(this.#running)
  }
}
