/** A window that `window.open` gave, as far as the button uses one. */
export interface FakeWindow {
  readonly document: Document
  readonly location: { replace(url: string): void }
  opener: unknown
  closed: boolean
  /** Where it was sent; it is blank while there is none. */
  url: string | undefined
  /** What `window.open` was called with. */
  readonly features: string
  /** How often it was brought to the front. */
  shown: number
  close(): void
  focus(): void
}

/** Stands in for `window.open`. */
export class FakeWindows {
  readonly #real = window.open
  readonly opened: FakeWindow[] = []
  /** As a popup blocker. */
  isBlocked = false
  /** As in a sandboxed frame, where a window without opener can't be steered. */
  isUnsteerable = false

  constructor() {
    window.open = ((_url: string, _name: string, features = '') => {
      if (this.isBlocked) return null
      const opened = this.#create(features)
      this.opened.push(opened)
      return opened
    }) as typeof window.open
  }

  get last(): FakeWindow | undefined {
    return this.opened.at(-1)
  }

  restore(): void {
    window.open = this.#real
  }

  #create(features: string): FakeWindow {
    const isUnsteerable = this.isUnsteerable
    const opened: FakeWindow = {
      document: document.implementation.createHTMLDocument(),
      location: {
        replace(url) {
          if (isUnsteerable) throw new DOMException('', 'SecurityError')
          opened.url = url
        },
      },
      opener: window,
      closed: false,
      url: undefined,
      features,
      shown: 0,
      close() {
        opened.closed = true
      },
      focus() {
        opened.shown += 1
      },
    }
    return opened
  }
}
