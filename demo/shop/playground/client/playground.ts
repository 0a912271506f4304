/** The script of the playground: form, address, preview, markup and logs tell the same. */
import { find, followServer } from '../../client/log.js'
import { fitToCurrency, offerChannels } from './choices.js'
import { writeEvent } from './event-log.js'
import { controlOf, fillIn, queryOf } from './form.js'
import { writeMarkup } from './markup-view.js'
import type { FrameMessage } from './messages.js'
import { createPreview } from './preview.js'
import { readSetup } from './setup.js'
import { linkPickers, linkThemes } from './themes.js'

const payUrl = document.documentElement.dataset.payUrl ?? ''
const form = find<HTMLFormElement>('settings')
const frame = find<HTMLIFrameElement>('frame')
const said = find('said')
const preview = createPreview(frame, hear)

/** What the shown order is and what the button was given for it. */
let order: { id: string; token: string } | undefined
let stopFollowing = () => {}

// The page came back from a payment in this tab, or is read again: the order is still there.
const arrival = new URLSearchParams(location.search)
const remembered: unknown = history.state?.order
const known = arrival.get('order') ?? (typeof remembered === 'string' ? remembered : undefined)
fillIn(form, arrival)
fitToCurrency(form)
linkThemes(form)
linkPickers(form)
form.addEventListener('input', settingsChanged)
form.addEventListener('change', orderChanged)
form.addEventListener('submit', (event) => event.preventDefault())
find('again').addEventListener('click', () => void newOrder())
find('copy').addEventListener(
  'click',
  () => void copy(find('markup').textContent ?? '', 'Markup copied.'),
)
find('share').addEventListener('click', () => void copy(location.href, 'Link copied.'))
for (const choice of document.querySelectorAll('input[name=form]')) {
  choice.addEventListener('change', showMarkup)
}
void begin()

async function begin(): Promise<void> {
  const isThere = known && (await fetch(`/playground/frame?order=${known}`)).ok
  if (known && isThere) showOrder(known, arrival.get('payment') ?? undefined)
  else await newOrder()
}

function settingsChanged(): void {
  const query = queryOf(form)
  remember()
  frame.dataset.width = query.get('width') ?? ''
  preview.set(query)
  showMarkup()
}

/** Another order is made once its amount or currency has been chosen, not at each key. */
function orderChanged({ target }: Event): void {
  const { name } = target as HTMLInputElement
  if (name === 'currency') {
    const amount = (target as HTMLSelectElement).selectedOptions[0]?.dataset.amount ?? ''
    controlOf(form, 'amount').value = amount
    fitToCurrency(form)
    settingsChanged()
  }
  if (['currency', 'amount', 'kind'].includes(name) && form.reportValidity()) void newOrder()
}

async function newOrder(): Promise<void> {
  const [amount, currency, kind] = ['amount', 'currency', 'kind'].map(
    (name) => controlOf(form, name).value,
  )
  const answer = await fetch('/playground/orders', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ amount, currency, kind }),
  })
  if (!answer.ok) {
    say('Such an order cannot be made here.')
    return
  }
  const { id } = (await answer.json()) as { id: string }
  showOrder(id)
}

/** @param payment the one that the payer comes back from. */
function showOrder(id: string, payment?: string): void {
  order = { id, token: '' }
  remember()
  find('page-log').replaceChildren()
  stopFollowing()
  stopFollowing = followServer(`/orders/${id}`, find('server-log'))
  const query = queryOf(form)
  query.set('order', id)
  if (payment) query.set('payment', payment)
  frame.dataset.width = query.get('width') ?? ''
  preview.load(query)
}

/** The settings in the address, to be shared; the order for this tab alone. */
function remember(): void {
  const query = String(queryOf(form))
  history.replaceState({ order: order?.id }, '', query ? `?${query}` : location.pathname)
}

function hear(message: FrameMessage): void {
  switch (message.kind) {
    case 'ready':
      if (order) order.token = message.order
      // What was set while it loaded.
      preview.set(queryOf(form))
      showMarkup()
      void offerChannels(payUrl, message.order)
      break
    case 'dialog':
      frame.toggleAttribute('data-open', message.isOpen)
      break
    case 'event':
      writeEvent(find('page-log'), message)
  }
}

function showMarkup(): void {
  writeMarkup(readSetup(queryOf(form)), { order: order?.token ?? '', payUrl })
}

async function copy(text: string, done: string): Promise<void> {
  await navigator.clipboard.writeText(text).then(
    () => say(done),
    () => say('The browser does not let this page copy: select the text instead.'),
  )
}

function say(sentence: string): void {
  said.textContent = sentence
}
