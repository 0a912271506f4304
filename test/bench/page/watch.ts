/** What the page notes of itself, in milliseconds since its navigation began. */
export interface Seen {
  /** When the button was defined, drawn, labelled and on top. */
  usable?: number
  /** When its label also told the amount. */
  amount?: number
  /** When a press had nothing left to wait for. */
  ready?: number
  /** The sum of all layout shifts without a press before them. */
  shift: number
}

declare global {
  interface Window {
    seen: Seen
  }
}

/**
 * Watches the button of this tag; runs in the page, before anything else does, and sees nothing
 * from here.
 */
export function watch(tag: string): void {
  const seen: Seen = { shift: 0 }
  window.seen = seen
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number
      hadRecentInput: boolean
    })[]) {
      if (!entry.hadRecentInput) seen.shift += entry.value
    }
  }).observe({ type: 'layout-shift', buffered: true })

  void customElements.whenDefined(tag).then(() => {
    const host = document.querySelector(tag)
    if (!host) return
    const look = () => {
      const button = (host.shadowRoot ?? host).querySelector('button')
      const label = button?.getAttribute('aria-label') ?? button?.textContent?.trim()
      if (!button || !label) return
      if (seen.usable === undefined) {
        const { x, y, width, height } = button.getBoundingClientRect()
        const hit = document.elementFromPoint(x + width / 2, y + height / 2)
        if (hit && host.contains(hit)) seen.usable = performance.now()
      }
      if (/\d/.test(label)) seen.amount ??= performance.now()
    }
    const observer = new MutationObserver(look)
    for (const root of [host, host.shadowRoot]) {
      if (root)
        observer.observe(root, {
          childList: true,
          subtree: true,
          attributes: true,
          characterData: true,
        })
    }
    look()
    const polling = setInterval(() => {
      if (!Reflect.get(host, 'offer')) return
      seen.ready = performance.now()
      clearInterval(polling)
    }, 5)
  })
}
