import * as z from 'zod/mini'

const newsSchema = z.object({ place: z.string(), id: z.optional(z.string()) })

/** Tells the browser's other tabs with the same order of its payment, and hears of theirs. */
export class OtherTabs {
  readonly #place: string
  readonly #mine: () => string | undefined
  readonly #hear: (id: string) => void
  #channel: BroadcastChannel | undefined

  /**
   * @param place what the tabs have in common.
   * @param mine the id of the payment that this tab waits for.
   * @param hear takes the id of a payment that another tab waits for or has seen paid.
   */
  constructor(place: string, mine: () => string | undefined, hear: (id: string) => void) {
    this.#place = place
    this.#mine = mine
    this.#hear = hear
    this.open()
  }

  /** Asks what the others know. */
  open(): void {
    if (this.#channel) return
    try {
      this.#channel = new BroadcastChannel('pay-button')
    } catch {
      // Refused where the page may store nothing: each tab is alone then.
      return
    }
    this.#channel.onmessage = ({ data }) => this.#receive(data)
    this.#send({})
  }

  /** An open channel keeps some browsers from storing a page that is left. */
  close(): void {
    this.#channel?.close()
    this.#channel = undefined
  }

  tell(id: string): void {
    this.#send({ id })
  }

  #send(news: { id?: string }): void {
    this.#channel?.postMessage({ place: this.#place, ...news })
  }

  #receive(message: unknown): void {
    const { data } = newsSchema.safeParse(message)
    if (data?.place !== this.#place) return
    const mine = this.#mine()
    if (data.id) this.#hear(data.id)
    else if (mine) this.tell(mine)
  }
}
