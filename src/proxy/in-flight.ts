import { setImmediate as nextTurn } from 'node:timers/promises'

/** Work that has begun and must come to its end before the process may stop. */
export class InFlight {
  #count = 0
  #settled: (() => void)[] = []
  readonly #end = () => {
    this.#count -= 1
    if (this.#count === 0) for (const resolve of this.#settled.splice(0)) resolve()
  }

  /** Does the work. */
  track<T>(work: () => Promise<T> | T): Promise<T> {
    return this.follow((async () => work())())
  }

  /** The same of what has begun already: the promise as it is. */
  follow<T>(work: Promise<T>): Promise<T> {
    this.#count += 1
    work.then(this.#end, this.#end)
    return work
  }

  /** Resolves when nothing is in flight any more, whatever came of it. */
  async settled(): Promise<void> {
    while (this.#count > 0) {
      await new Promise<void>((resolve) => this.#settled.push(resolve))
      // Whoever hears of an end may begin what follows.
      await nextTurn()
    }
  }
}
