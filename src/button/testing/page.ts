import '../index.js'
import type { PayButton } from '../pay-button.js'
import { expectNoViolations } from './accessible.js'
import { FakeProxy } from './fake-proxy.js'
import { FakeWindows } from './fake-window.js'

const EVENTS = [
  'pay-open',
  'pay-submit',
  'pay-pending',
  'pay-success',
  'pay-failure',
  'pay-error',
  'pay-close',
] as const

/** A page with buttons, a proxy and windows that are not real. */
export class TestPage {
  readonly proxy = new FakeProxy()
  readonly windows = new FakeWindows()
  readonly root = document.createElement('main')
  /** The types of the events that left the buttons, in order. */
  readonly events: string[] = []

  constructor() {
    sessionStorage.clear()
    document.body.append(this.root)
    for (const type of EVENTS) this.root.addEventListener(type, () => this.events.push(type))
  }

  close(): void {
    this.root.remove()
    this.proxy.restore()
    this.windows.restore()
    sessionStorage.clear()
  }

  /** Adds a button for A-1001, changed by `patch`. */
  add(patch: Partial<PayButton> = {}): PayButton {
    const button = document.createElement('pay-button')
    Object.assign(button, { order: 'A-1001', endpoint: this.proxy.endpoint, ...patch })
    this.root.append(button)
    return button
  }

  /** As `add`, once its checkout is ready for a press. */
  async addReady(patch: Partial<PayButton> = {}): Promise<PayButton> {
    const button = this.add(patch)
    await until(() => button.offer)
    await settled(button)
    return button
  }

  /** The types of the events from the list. */
  heard(...types: string[]): string[] {
    return this.events.filter((type) => types.includes(type))
  }
}

/** What `look` gives, as soon as it is neither false, null nor undefined. */
export async function until<Result>(look: () => Result, ms = 8_000): Promise<NonNullable<Result>> {
  const end = performance.now() + ms
  for (;;) {
    const result = look()
    if (result) return result
    if (performance.now() > end) throw new Error(`never came: ${look}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

/** After everything that is already under way in this page. */
export async function settled(button: PayButton): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 30))
  await button.updateComplete
}

/** The one element in a button that matches. */
export function part<Kind extends HTMLElement = HTMLElement>(
  button: PayButton,
  selector: string,
): Kind | null {
  return button.renderRoot.querySelector<Kind>(selector)
}

export function click(button: PayButton, selector = '[part=button]'): void {
  const target = part(button, selector)
  if (!target) throw new Error(`nothing to click at ${selector}`)
  target.click()
}

/** Types into a field and leaves it. */
export function typeInto(button: PayButton, name: string, value: string): void {
  const input = part<HTMLInputElement>(button, `[name="${name}"]`)
  if (!input) throw new Error(`no field ${name}`)
  input.focus()
  input.value = value
  input.dispatchEvent(new InputEvent('input', { bubbles: true }))
  input.blur()
}

/** Presses the control of the dialog with these words. */
export function choose(button: PayButton, words: string | RegExp): void {
  const controls = [
    ...(part(button, 'dialog')?.querySelectorAll<HTMLElement>('button, a, label') ?? []),
  ]
  const control = controls.find(({ textContent }) => textContent?.match(words))
  if (!control) throw new Error(`nothing says ${words}`)
  control.click()
}

/** The sentence of the dialog's status. */
export function status(button: PayButton): string {
  return part(button, '[part=status]')?.textContent?.trim() ?? ''
}

/** What stands below that sentence: what happens to the money, and what to do. */
export function details(button: PayButton): string[] {
  return [...button.renderRoot.querySelectorAll('[part=status] ~ p')].map(
    ({ textContent }) => textContent?.trim() ?? '',
  )
}

/** The buttons of the dialog, but for the one that closes it. */
export function buttons(button: PayButton): string[] {
  return [...(part(button, 'dialog')?.querySelectorAll('button, a') ?? [])]
    .filter((control) => control.getAttribute('part') !== 'close')
    .map(({ textContent }) => textContent?.replace(/\s+/g, ' ').trim() ?? '')
}

/** Fails on anything that axe finds wrong with the button. */
export async function expectAccessible(button: PayButton): Promise<void> {
  await settled(button)
  await expectNoViolations(button)
}
