/**
 * The script of the page in the preview: sets the button as the page's address says, and later as
 * the playground around it says; tells the playground of the button's events.
 */
import type { Detail, FrameMessage } from './messages.js'
import { type Pairs, readSetup } from './setup.js'

interface Button extends HTMLElement {
  strings?: Record<string, string> | undefined
  readonly updateComplete: Promise<boolean>
}

type ButtonEvent = Event & {
  detail: Detail & { waitUntil?: (promise: Promise<unknown>) => void }
}

const isAlone = window.top === window
let query = new URLSearchParams(location.search)

if (isAlone && query.has('payment')) {
  // A payment in this tab took the playground away: back to it.
  location.replace(`/playground${location.search}`)
}

const button = document.querySelector<Button>('pay-button')
if (button) start(button)

function start(button: Button): void {
  const set = createSetter(button)
  set(query)
  addEventListener('message', ({ data, source, origin }) => {
    if (origin !== location.origin || source !== parent) return
    const order = query.get('order') ?? ''
    query = new URLSearchParams(String(data))
    query.set('order', order)
    set(query)
    // A payment in this tab comes back to this address.
    history.replaceState(history.state, '', `?${query}`)
  })
  for (const type of button.dataset.events?.split(' ') ?? []) {
    button.addEventListener(type, (event) => hear(event as ButtonEvent))
  }
  tell({ kind: 'ready', order: button.getAttribute('order') ?? '' })
  void watchDialog(button)
}

/** Sets all that a query says, and takes away what an earlier one said. */
function createSetter(button: Button): (query: URLSearchParams) => void {
  let earlier: string[] = []
  const part = new CSSStyleSheet()
  document.adoptedStyleSheets.push(part)
  return (query) => {
    const { attributes, tokens, slots, sentences, scheme } = readSetup(query)
    for (const name of earlier) button.removeAttribute(name)
    for (const [name, value] of attributes) button.setAttribute(name, value)
    earlier = [...attributes.map(([name]) => name), 'style']
    for (const [name, value] of tokens) button.style.setProperty(name, value)
    button.replaceChildren(...slots.map(slotted))
    button.strings = sentences.length > 0 ? Object.fromEntries(sentences) : undefined
    document.documentElement.dataset.scheme = scheme
    outline(part, query.get('part'))
  }
}

function slotted([name, text]: Pairs[number]): Node {
  if (name === '') return new Text(text)
  const element = document.createElement(name === 'trigger' ? 'button' : 'span')
  element.slot = name
  element.textContent = text
  return element
}

function outline(sheet: CSSStyleSheet, part: string | null): void {
  const isName = part && /^[a-z-]+$/.test(part)
  const rule = `pay-button::part(${part}) { outline: 3px dashed #d6336c; outline-offset: 2px }`
  sheet.replaceSync(isName ? rule : '')
}

function hear(event: ButtonEvent): void {
  const { type, detail } = event
  if (query.getAll('cancel').includes(type)) event.preventDefault()
  else detail.waitUntil?.(prepare())
  tell({
    kind: 'event',
    type,
    // Without what is no JSON: functions.
    detail: JSON.parse(JSON.stringify(detail)) as Detail,
    at: Date.now(),
    canceled: event.defaultPrevented,
  })
}

/** What the payment waits for: the sandbox knows what to do, and the page has had its time. */
async function prepare(): Promise<void> {
  await Promise.all([direct(), patience(query.get('wait'))])
}

async function direct(): Promise<void> {
  const named = (side: string) => query.get(`sandbox.${side}`) ?? undefined
  await fetch('/playground/direction', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      currency: query.get('currency') ?? 'TWD',
      payer: named('payer'),
      answer: named('answer'),
      notification: named('notification'),
    }),
  })
}

async function patience(wait: string | null): Promise<void> {
  if (!wait) return
  await new Promise((resolve) => setTimeout(resolve, Number(wait) || 1_000))
  if (wait === 'reject') throw new Error('Sold out')
}

async function watchDialog(button: Button): Promise<void> {
  await customElements.whenDefined('pay-button')
  await button.updateComplete
  const dialog = button.shadowRoot?.querySelector('dialog')
  if (!dialog) return
  const look = () => tell({ kind: 'dialog', isOpen: dialog.open })
  new MutationObserver(look).observe(dialog, { attributeFilter: ['open'] })
  look()
}

function tell(message: FrameMessage): void {
  if (!isAlone) parent.postMessage(message, location.origin)
}
