/** The way to the cashier page, taken once. */
export interface Cashier {
  /** Sends the payer there. False where it can't: a link has to be pressed. */
  leaveFor(url: string): boolean
  /** Gives up before it left; nothing happens after that. */
  abandon(): void
  /** Whether the window seems closed. Only a hint: a cashier's COOP makes it lie. */
  readonly closed: boolean
}

/** What the blank window says while the payment is being made. */
export interface Waiting {
  language: string
  title: string
  lines: string[]
}

const WIDTH = 480
const HEIGHT = 760

/**
 * A window of its own, blank and ours until it leaves. Call it inside the click. Its opener is
 * cut while it is blank, so the cashier can't reach the shop's page. Undefined where it is blocked.
 */
export function openWindow(waiting: Waiting): Cashier | undefined {
  const left = Math.round(screenX + (outerWidth - WIDTH) / 2)
  const top = Math.round(screenY + (outerHeight - HEIGHT) / 2)
  const features = `popup,width=${WIDTH},height=${HEIGHT},left=${left},top=${top}`
  try {
    const opened = window.open('', '', features)
    if (!opened) return undefined
    opened.opener = null
    write(opened.document, waiting)
    return new CashierWindow(opened)
  } catch {
    return undefined
  }
}

function write(page: Document, { language, title, lines }: Waiting): void {
  page.title = title
  page.documentElement.lang = language
  for (const line of lines) {
    const paragraph = page.createElement('p')
    paragraph.textContent = line
    page.body.append(paragraph)
  }
  Object.assign(page.body.style, { font: '1.125rem system-ui', textAlign: 'center' })
  page.body.style.marginBlock = '30vh'
  page.documentElement.style.colorScheme = 'light dark'
}

const CLOSED_CHECK_MS = 1000

/** Calls `then` once, when the cashier's window seems closed. Returns what ends the watch. */
export function whenClosed(cashier: Cashier, then: () => void): () => void {
  const timer = setInterval(() => {
    if (!cashier.closed) return
    clearInterval(timer)
    then()
  }, CLOSED_CHECK_MS)
  return () => clearInterval(timer)
}

class CashierWindow implements Cashier {
  readonly #window: Window
  #mine = true

  constructor(opened: Window) {
    this.#window = opened
  }

  get closed(): boolean {
    return this.#window.closed
  }

  leaveFor(url: string): boolean {
    if (!this.#mine || this.closed) return false
    try {
      this.#window.location.replace(url)
      this.#mine = false
      return true
    } catch {
      // A sandboxed frame's window can't be steered once its opener is cut.
      this.abandon()
      return false
    }
  }

  abandon(): void {
    if (this.#mine) this.#window.close()
    this.#mine = false
  }
}

/** The page's own tab; from inside a frame, the whole tab. */
export function thisTab(): Cashier {
  let abandoned = false
  return {
    closed: false,
    leaveFor(url) {
      if (abandoned) return false
      if (window.top === window.self) {
        location.assign(url)
        return true
      }
      // A browser may refuse this without a word, so the link is shown as well.
      try {
        window.open(url, '_top')
      } catch {
        // Refused aloud, by the frame's sandbox: the link is what is left.
      }
      return false
    },
    abandon() {
      abandoned = true
    },
  }
}
