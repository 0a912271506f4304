import type { ReactiveController } from 'lit'
import type { Checkout } from './checkout/checkout.js'
import { type Language, languageOf, loadWords } from './language.js'
import { type OrderSession, sessionFor } from './order-session.js'
import type { PayButton } from './pay-button.js'
import { hasPlace } from './places.js'
import { nextTask } from './turns.js'

const NEAR = '300px'

let loading: Promise<typeof import('./checkout/checkout.js')> | undefined

/** One copy for the whole page: another, by the address of a second try, would wait apart. */
function loadCheckout(): NonNullable<typeof loading> {
  loading ??= import('./checkout/checkout.js').then(
    // To run it is a task of its own; what is made of it, another.
    (module) => nextTask().then(() => module),
    (error) => {
      loading = undefined
      throw error
    },
  )
  return loading
}

/** Brings a button its order's session and, when it is likely to be needed, its checkout. */
export class CheckoutController implements ReactiveController {
  readonly #host: PayButton
  #session: OrderSession | undefined
  #checkout: Checkout | undefined
  #observer: IntersectionObserver | undefined
  #language: Language | undefined

  constructor(host: PayButton) {
    this.#host = host
    host.addController(this)
  }

  get session(): OrderSession | undefined {
    return this.#session
  }

  /** There once it and the language's sentences are loaded. */
  get checkout(): Checkout | undefined {
    return this.#checkout
  }

  /** The one that is spoken: another than the page's where its words can't be had. */
  get language(): Language {
    return this.#checkout?.language ?? languageOf(this.#host)
  }

  /** Whether a press has nothing to wait for. */
  get isReady(): boolean {
    return !!this.#checkout?.purchase.isReady && !!this.#session?.isFresh
  }

  hostConnected(): void {
    if (this.#session) this.#enter()
  }

  hostDisconnected(): void {
    this.#leave()
  }

  hostUpdate(): void {
    this.#join()
    if (this.#checkout && this.#language !== languageOf(this.#host)) void this.load()
  }

  /** Loads the checkout and the order; calls again where that failed. Never rejects. */
  async prepare(): Promise<void> {
    const session = this.#session
    const [checkout] = await Promise.all([this.load(), session?.load()])
    if (session === this.#session) await checkout?.purchase.prepare()
    this.#host.requestUpdate()
  }

  /** The checkout in the language of the moment, or undefined where it can't be had. */
  async load(): Promise<Checkout | undefined> {
    const language = languageOf(this.#host)
    this.#language = language
    try {
      const [{ Checkout, styles }, spoken] = await Promise.all([
        loadCheckout(),
        loadWords(language),
      ])
      if (!this.#session) return undefined
      if (!this.#checkout) {
        this.#host.adopt(styles)
        this.#checkout = new Checkout(this.#host, this.#session)
        if (this.#host.isConnected) this.#enterCheckout()
      }
      Object.assign(this.#checkout, spoken)
    } catch {
      // The checkout could not be loaded; the next press tries again.
    }
    this.#host.requestUpdate()
    return this.#checkout
  }

  /**
   * Takes the session that the attributes name. One that is busy is seen to its end first, and so
   * is the payer, whose dialog says how it ended.
   */
  #join(): void {
    const { order, endpoint, dialog } = this.#host
    const current = this.#session
    const base = endpoint ?? (this.#host.constructor as typeof PayButton).base
    const isTelling = dialog.open && current?.flow.phase !== 'idle'
    if (current?.busy || isTelling || !order || !base) return
    const address = new URL(base.replace(/\/*$/, '/'), document.baseURI).href
    const session = current?.isOf(address, order) ? current : sessionFor(address, order)
    if (session === current) return
    this.#leave()
    this.#session = session
    this.#checkout = undefined
    this.#enter()
  }

  #enter(): void {
    const session = this.#session
    session?.members.add(this.#host)
    this.#enterCheckout()
    if (!session || session.isRenewable) return
    if (hasPlace(session.endpoint) || location.search.includes('payment=')) {
      void this.prepare()
      return
    }
    this.#observer = new IntersectionObserver(
      async (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return
        this.#observer?.disconnect()
        await session.load()
        // Safari knows no idle moments.
        const whenIdle = globalThis.requestIdleCallback ?? setTimeout
        whenIdle(() => this.prepare())
      },
      { rootMargin: NEAR },
    )
    this.#observer.observe(this.#host)
  }

  #enterCheckout(): void {
    const checkout = this.#checkout
    if (!checkout) return
    this.#session?.members.add(checkout)
    checkout.purchase.membersChanged()
    checkout.sessionChanged()
  }

  #leave(): void {
    this.#observer?.disconnect()
    this.#session?.members.delete(this.#host)
    if (!this.#checkout) return
    this.#session?.members.delete(this.#checkout)
    this.#checkout.purchase.membersChanged()
  }
}
