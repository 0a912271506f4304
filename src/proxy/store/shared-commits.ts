import type { Statement, Written } from './database.js'

/** Writes that share one commit at most. */
const MOST_AT_ONCE = 64

interface Job {
  statements: Statement[]
  resolve(written: Written): void
  reject(error: unknown): void
}

/**
 * Writes that come at the same time, or while others are under way together, share one commit. One
 * that comes alone is not kept waiting, and keeps nobody: it may have to wait for a lock.
 */
export class SharedCommits {
  readonly #commit: (writes: Statement[][]) => Promise<Written[] | undefined>
  readonly #commitAlone: (statements: Statement[]) => Promise<Written>
  #queue: Job[] = []
  #isBusy = false

  /**
   * @param commit `undefined` where nothing of it was kept, as one of the writes failed or would
   *   have had to wait: each is then written by itself.
   */
  constructor(
    commit: (writes: Statement[][]) => Promise<Written[] | undefined>,
    commitAlone: (statements: Statement[]) => Promise<Written>,
  ) {
    this.#commit = commit
    this.#commitAlone = commitAlone
  }

  write(statements: Statement[]): Promise<Written> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ statements, resolve, reject })
      if (this.#queue.length === 1 && !this.#isBusy) setImmediate(() => this.#next())
    })
  }

  #next(): void {
    const jobs = this.#queue.splice(0, MOST_AT_ONCE)
    if (jobs.length > 1) void this.#together(jobs)
    else for (const job of jobs) this.#alone(job)
  }

  async #together(jobs: Job[]): Promise<void> {
    this.#isBusy = true
    try {
      const written = await this.#commit(jobs.map(({ statements }) => statements))
      for (const [at, job] of jobs.entries()) {
        const own = written?.[at]
        if (own) job.resolve(own)
        else this.#alone(job)
      }
    } catch (error) {
      for (const { reject } of jobs) reject(error)
    }
    this.#isBusy = false
    this.#next()
  }

  #alone({ statements, resolve, reject }: Job): void {
    this.#commitAlone(statements).then(resolve, reject)
  }
}
