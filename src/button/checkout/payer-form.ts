import type { Channel } from '../../contract/offer.js'
import { checkPayer } from '../../contract/payer-fields.js'

/** Field (`mobile`, `bankAccounts.1`) → its fault. A proxy newer than this knows more faults. */
export type ShownFaults = Record<string, string>

/** What the payer has typed, over all channels, and which of its faults may be shown. */
export class PayerForm {
  readonly #typed = new Map<string, string | string[]>()
  readonly #left = new Set<string>()
  #told: ShownFaults = {}

  /** What stands in a field. */
  text(name: string): string {
    return String(this.#typed.get(name) ?? '')
  }

  /** The items of a list, one blank if there is none. */
  items(name: string): string[] {
    const value = this.#typed.get(name)
    return Array.isArray(value) && value.length > 0 ? value : ['']
  }

  type(name: string, value: string | string[]): void {
    this.#typed.set(name, value)
    this.#told = Object.fromEntries(
      Object.entries(this.#told).filter(([place]) => place.split('.')[0] !== name),
    )
  }

  /** The payer left an input, so its fault may be shown. `place`: `mobile`, `bankAccounts.1`. */
  leave(place: string): void {
    this.#left.add(place)
  }

  /** All faults may be shown: the payer pressed on. */
  leaveAll({ fields }: Channel): void {
    for (const { name } of fields) {
      this.#left.add(name)
      this.items(name).forEach((_, index) => {
        this.#left.add(`${name}.${index}`)
      })
    }
  }

  /** Faults that the proxy told; each stands until its field is changed. */
  tell(faults: ShownFaults): void {
    this.#told = faults
  }

  /** What was typed for another channel is left out. */
  check({ fields }: Channel): ReturnType<typeof checkPayer> {
    const asked = [...this.#typed].filter(([name]) => fields.some((field) => field.name === name))
    return checkPayer(fields, Object.fromEntries(asked))
  }

  shownFaults(channel: Channel): ShownFaults {
    const faults = Object.entries(this.check(channel).faults)
    return {
      ...this.#told,
      ...Object.fromEntries(faults.filter(([place]) => this.#left.has(place))),
    }
  }
}
