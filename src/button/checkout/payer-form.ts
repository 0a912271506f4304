import type { Channel } from '../../contract/offer.js'
import { checkPayer } from '../../contract/payer-fields.js'

/** Field (`mobile`, `bankAccounts.1`) → its fault. A proxy newer than this knows more faults. */
export type ShownFaults = Record<string, string>

/** What the payer has typed, over all channels, and which of its faults may be shown. */
export class PayerForm {
  readonly #typed = new Map<string, string[]>()
  /** Where the payer has been, as `mobile` or `bankAccounts.1`. */
  readonly #left = new Set<string>()
  #told: ShownFaults = {}
  /** The payer pressed on, so every fault may be shown. */
  isSent = false

  /** What stands in a field's inputs: one, or more where it is a list. */
  values(name: string): string[] {
    return this.#typed.get(name) ?? ['']
  }

  type(name: string, values: string[]): void {
    this.#typed.set(name, values)
    this.#told = {}
  }

  /** The payer left an input, so its fault may be shown. */
  leave(place: string): void {
    this.#left.add(place)
  }

  /** Faults that the proxy told; they stand until the payer types. */
  tell(faults: ShownFaults): void {
    this.#told = faults
  }

  /** Tidies and checks what a channel asks; what was typed for another one is left out. */
  check({ fields }: Channel): ReturnType<typeof checkPayer> {
    const typed = fields.map(({ name, maxItems }) => {
      const values = this.values(name)
      return [name, maxItems ? values : values.join()]
    })
    return checkPayer(fields, Object.fromEntries(typed))
  }

  shownFaults(channel: Channel): ShownFaults {
    const faults = Object.entries(this.check(channel).faults)
    const shown = faults.filter(([place]) => this.isSent || this.#left.has(place))
    return { ...this.#told, ...Object.fromEntries(shown) }
  }
}
