import type { Channel, Field } from '../../contract/offer.js'
import { checkPayer, formatOf } from '../../contract/payer-fields.js'

/** Field (`mobile`, `bankAccounts.1`) → its fault. A proxy newer than this knows more faults. */
export type ShownFaults = Record<string, string>

/** What the payer has typed, over all channels, and which of its faults are shown. */
export class PayerForm {
  readonly #typed = new Map<string, string[]>()
  #faults: ShownFaults = {}
  /** What a screen reader is told next. */
  news = ''

  /** What stands in a field's inputs: one, or more where it is a list. */
  values(name: string): string[] {
    return this.#typed.get(name) ?? ['']
  }

  /** What is wrong where the payer is told so. Another object whenever it was shown anew. */
  get faults(): Readonly<ShownFaults> {
    return this.#faults
  }

  /** Shows these faults, and no others. */
  show(faults: ShownFaults): void {
    this.#faults = { ...faults }
    this.news = ''
  }

  /** Takes what is typed. A fault goes once it is mended; another one waits for `leave`. */
  type(field: Field, values: string[]): void {
    this.#typed.set(field.name, values)
    this.news = ''
    const { faults }: { faults: ShownFaults } = this.check({ fields: [field] })
    for (const [place, fault] of Object.entries(this.#faults)) {
      if (place.split('.')[0] === field.name && faults[place] !== fault) delete this.#faults[place]
    }
  }

  /** A value as the contract's normaliser for its field leaves it. */
  tidy(field: Field, value: string): string {
    return formatOf(field).normalise(value)
  }

  /** Tidies a field of one value that the payer left, and gives the fault that is now shown. */
  leave(field: Field): string | undefined {
    const { name } = field
    const tidied = this.tidy(field, this.values(name).join())
    if (!tidied) return undefined
    this.type(field, [tidied])
    const fault = this.check({ fields: [field] }).faults[name]
    if (fault) this.#faults[name] = fault
    return fault
  }

  /** Tidies and checks what a channel asks; what was typed for another one is left out. */
  check({ fields }: Pick<Channel, 'fields'>): ReturnType<typeof checkPayer> {
    const typed = fields.map(({ name, maxItems }) => {
      const values = this.values(name)
      return [name, maxItems ? values : values.join()]
    })
    return checkPayer(fields, Object.fromEntries(typed))
  }
}
