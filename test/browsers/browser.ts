/** A window that is driven: what the three engines' drivers can all do. */
export interface Tab {
  /** Runs an expression in the page; gives its value, awaited, as JSON carries it. */
  evaluate(expression: string): Promise<unknown>
  /** As `evaluate`, in the first frame of the page's first frame … `depth` frames deep. */
  evaluateInFrame(depth: number, expression: string): Promise<unknown>
  /** A trusted click, or several in a row, at a point of the viewport in CSS pixels. */
  click(x: number, y: number, times: number): Promise<void>
  /** A trusted press of a key, named as in `KeyboardEvent.key`, while another may be held. */
  press(key: 'Enter' | 'Escape' | 'Tab', held?: 'Control'): Promise<void>
  goto(url: string): Promise<void>
  reload(): Promise<void>
  back(): Promise<void>
  /** Brings it to the front: what is behind is hidden from its page. */
  show(): Promise<void>
  close(): Promise<void>
  /** Of the window as a whole: no request leaves it, and `navigator.onLine` says so. */
  setOffline?(isOffline: boolean): Promise<void>
  /** Stops the page as a browser stops one to save memory; `false` thaws it. */
  setFrozen?(isFrozen: boolean): Promise<void>
}

/** Somebody with a browser of their own: no window or storage is shared with another payer. */
export interface Payer {
  newTab(): Promise<Tab>
  /** Every open window, in the order they opened. The same window is the same object. */
  tabs(): Promise<Tab[]>
  /** What the browser told the developer: errors and breaches of a policy. */
  readonly complaints: readonly string[]
  close(): Promise<void>
}

export interface Traits {
  /** What the browser says it is; its own word where left out. */
  userAgent?: string
}

export interface Browser {
  newPayer(traits?: Traits): Promise<Payer>
  close(): Promise<void>
}

export const ENGINES = ['chromium', 'firefox', 'webkit'] as const
export type Engine = (typeof ENGINES)[number]

/** The engine that these tests run in: `BROWSER`, else Chromium. */
export const engine: Engine = ENGINES.find((name) => name === process.env.BROWSER) ?? 'chromium'

/** How long after a click `window.open` is certainly refused, in milliseconds: measured. */
export const LATE_MS = { chromium: 5_500, firefox: 6_500, webkit: 1_500 }[engine]
