import { setTimeout as pause } from 'node:timers/promises'
import type { Payer, Tab } from './browser.js'
import { describeQuery, findExpression, type Query } from './find.js'

/** How long a payer looks for a thing before it counts as missing. Milliseconds. */
const PATIENCE = 15_000
/** How long a thing stands still before it is pressed. Milliseconds. */
const REST = 100

interface Point {
  x: number
  y: number
}

/** A page in a window, or in a frame of one, as a payer uses it. */
export class Page {
  readonly tab: Tab
  readonly payer: Payer
  readonly #depth: number

  constructor(tab: Tab, payer: Payer, depth = 0) {
    this.tab = tab
    this.payer = payer
    this.#depth = depth
  }

  /** What stands in this page's first frame. */
  get frame(): Page {
    return new Page(this.tab, this.payer, this.#depth + 1)
  }

  /** Runs a function in the page; it sees nothing from here but its arguments. */
  async evaluate<Args extends unknown[], Result>(
    work: (...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>> {
    return (await this.#run(`(${work})(...${JSON.stringify(args)})`)) as Awaited<Result>
  }

  /** Presses a thing once it can be pressed: one, in sight, at rest and covered by nothing. */
  async click(query: Query, times = 1): Promise<void> {
    const { x, y } = await until(`${describeQuery(query)} to press`, async () => {
      const before = await this.#place(query)
      await pause(REST)
      const after = await this.#place(query)
      if (before.x !== after.x || before.y !== after.y) throw new Error('it moves')
      return after
    })
    const offset = await this.#offset()
    await this.tab.click(x + offset.x, y + offset.y, times)
  }

  /** Puts `text` where the field's own text was. */
  async fill(query: Query, text: string): Promise<void> {
    await until(describeQuery(query), () =>
      this.#withFound(
        query,
        ([field], value) => {
          if (!(field instanceof HTMLInputElement)) return false
          field.focus()
          field.value = value
          field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
          field.dispatchEvent(new Event('change', { bubbles: true }))
          field.blur()
          return true
        },
        text,
      ),
    )
  }

  /** The texts of all that answer, which may be none. */
  texts(query: Query): Promise<string[]> {
    return this.#withFound(query, (found) => found.map(({ textContent }) => textContent ?? ''))
  }

  /** An attribute of the first that answers. */
  attribute(query: Query, name: string): Promise<string | null | undefined> {
    return this.#withFound(query, ([first], wanted) => first?.getAttribute(wanted), name)
  }

  /** Waits until something answers. */
  async sees(query: Query): Promise<void> {
    await until(describeQuery(query), async () => (await this.texts(query)).length > 0)
  }

  /** The window that `action` opens. */
  async opens(action: () => Promise<unknown>): Promise<Page> {
    const before = await this.payer.tabs()
    await action()
    const opened = await until('a new window', async () =>
      (await this.payer.tabs()).find((tab) => !before.includes(tab)),
    )
    return new Page(opened, this.payer)
  }

  async isOpen(): Promise<boolean> {
    return (await this.payer.tabs()).includes(this.tab)
  }

  /** Waits until the window is gone. */
  async closes(): Promise<void> {
    await until('the window to close', async () => !(await this.isOpen()))
  }

  /** Waits until the page's address matches. */
  async isAt(address: RegExp): Promise<string> {
    return until(`the address ${address}`, async () => {
      const now = await this.evaluate(() => location.href)
      return address.test(now) ? now : undefined
    })
  }

  #run(expression: string): Promise<unknown> {
    return this.#depth
      ? this.tab.evaluateInFrame(this.#depth, expression)
      : this.tab.evaluate(expression)
  }

  async #withFound<Args extends unknown[], Result>(
    query: Query,
    work: (found: Element[], ...args: Args) => Result,
    ...args: Args
  ): Promise<Result> {
    const found = findExpression(query)
    return (await this.#run(`(${work})(${found}, ...${JSON.stringify(args)})`)) as Result
  }

  /** Where to press, in CSS pixels of this page's own viewport. */
  async #place(query: Query): Promise<Point> {
    const place = await this.#withFound(query, (found) => {
      const [only] = found
      if (!only || found.length > 1) return `there are ${found.length}`
      const root = only.getRootNode() as Document | ShadowRoot
      const look = () => {
        const { x, y, width, height } = only.getBoundingClientRect()
        const middle = { x: x + width / 2, y: y + height / 2 }
        const hit = root.elementFromPoint(middle.x, middle.y)
        const labels = (only as HTMLInputElement).labels ?? []
        return { middle, hit, isOnTop: [only, ...labels].some((part) => part.contains(hit)) }
      }
      if (!look().isOnTop) only.scrollIntoView({ block: 'center' })
      const { middle, hit, isOnTop } = look()
      return isOnTop ? middle : `covered by ${hit?.outerHTML.slice(0, 100)}`
    })
    if (typeof place === 'string') throw new Error(place)
    return place
  }

  async #offset(): Promise<Point> {
    const sum = { x: 0, y: 0 }
    for (let depth = 0; depth < this.#depth; depth++) {
      const { x, y } = await new Page(this.tab, this.payer, depth).evaluate(() => {
        const frame = document.querySelector('iframe')
        const { x, y } = frame?.getBoundingClientRect() ?? { x: 0, y: 0 }
        return { x: x + (frame?.clientLeft ?? 0), y: y + (frame?.clientTop ?? 0) }
      })
      sum.x += x
      sum.y += y
    }
    return sum
  }
}

/**
 * What `look` gives, as soon as that is something. A page that is just being replaced answers
 * nothing.
 */
export async function until<Result>(
  what: string,
  look: () => Promise<Result>,
  patience = PATIENCE,
): Promise<NonNullable<Exclude<Result, false>>> {
  const end = Date.now() + patience
  let lastError: unknown
  for (;;) {
    try {
      const result = await look()
      if (result) return result as NonNullable<Exclude<Result, false>>
    } catch (error) {
      lastError = error
    }
    if (Date.now() > end) throw new Error(`never came: ${what} (${lastError})`)
    await pause(50)
  }
}
