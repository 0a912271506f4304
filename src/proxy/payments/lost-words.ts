import type { PaymentStore } from './payment-store.js'
import type { Waiters } from './waiters.js'

/**
 * Finds changes made by other processes whose word got lost. Costs a read for hundreds of payments
 * that somebody waits for, and not one for each of them.
 */
export class LostWords {
  readonly #store: Pick<PaymentStore, 'versionsOf'>
  readonly #waiters: Pick<Waiters<unknown>, 'paymentIds' | 'wake'>
  #seen: ReadonlyMap<string, number> = new Map()

  constructor(
    store: Pick<PaymentStore, 'versionsOf'>,
    waiters: Pick<Waiters<unknown>, 'paymentIds' | 'wake'>,
  ) {
    this.#store = store
    this.#waiters = waiters
  }

  /**
   * Wakes who waits for a payment that is not as at the last look. Who began to wait since then has
   * read it since then, so that nothing is missed in between.
   */
  async look(): Promise<void> {
    const versions = await this.#store.versionsOf(this.#waiters.paymentIds)
    for (const [id, version] of versions) {
      if (this.#seen.get(id) !== version) this.#waiters.wake(id)
    }
    this.#seen = versions
  }
}
