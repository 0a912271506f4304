/** Work that has begun and must come to its end before the process may stop. */
export class InFlight {
  #count = 0
  #settled: (() => void)[] = []

  track<T>(work: Promise<T>): Promise<T> {
    this.#count += 1
    const forget = () => {
      this.#count -= 1
      if (this.#count === 0) for (const resolve of this.#settled.splice(0)) resolve()
    }
    work.then(forget, forget)
    return work
  }

  /** Resolves when nothing is in flight any more, whatever came of it. */
  async settled(): Promise<void> {
    while (this.#count > 0) {
      await new Promise<void>((resolve) => this.#settled.push(resolve))
    }
  }
}
