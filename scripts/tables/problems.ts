import type { TemplateResult } from 'lit'
import { Checkout, type CheckoutHost } from '../../src/button/checkout/checkout.js'
import { isRetryable } from '../../src/button/checkout/client.js'
import { endingView } from '../../src/button/checkout/ending-view.js'
import { OrderSession } from '../../src/button/order-session.js'
import { strings } from '../../src/button/strings/en.js'
import { strings as endings } from '../../src/button/strings/endings-en.js'
import { labels } from '../../src/button/strings/labels.js'
import type { Channel } from '../../src/contract/offer.js'

/** The page's own mistakes, of which no dialog can tell. */
const UNTOLD = ['not-configured', 'not-rendered']

// What leads out of a sandbox is a link to the page itself.
Object.assign(globalThis, { location: new URL('https://shop.example/') })

const LIMIT = 'next.payer-ip-limit'

const amount = { value: '300', currency: 'TWD' }
const channel: Omit<Channel, 'id'> = {
  kind: 'e-wallet',
  flow: 'redirect',
  operator: 'Vexora',
  fields: [],
}

/** What the dialog says and offers about a fault, in English, as the button itself words it. */
export function shownOf(code: string): { says: string; offers: string[]; retryable: boolean } {
  if (UNTOLD.includes(code)) return { says: 'nothing', offers: ['nothing'], retryable: false }
  const session = new OrderSession('https://pay.shop.example/', 'A-1001')
  const checkout = new Checkout(host, session)
  checkout.language = 'en'
  checkout.words = { ...labels.en, ...strings, ...endings }
  session.offer = {
    order: 'A-1001',
    amount,
    paid: false,
    channels: ['a', 'b'].map((id) => ({ ...channel, id })),
  }
  const fault = { code, retryAt: '2026-11-22T00:00:00Z' }
  session.flow = { phase: 'idle', fault }
  const { title, details, body } = endingView(checkout)
  const says = [title, ...textsIn(details, 'p')].join(' ')
  const isForm = textsIn(body, 'legend').length > 0
  return {
    says,
    offers: isForm ? ['the form again'] : [...textsIn(body, 'button'), ...textsIn(body, 'a')],
    retryable: isRetryable(fault),
  }
}

const host = Object.assign(new EventTarget(), {
  presentation: 'popup',
  // Its time would be written as the machine has it.
  strings: { [LIMIT]: endings[LIMIT].replace('{time}', '14:00') },
  requestUpdate() {},
}) as unknown as CheckoutHost

/** What stands inside elements of a name. */
function textsIn(template: TemplateResult, tag: string): string[] {
  const found = markupOf(template).matchAll(new RegExp(`<${tag}[ >](.*?)</${tag}>`, 'gs'))
  return [...found].map(([, inner = '']) => inner.replace(/^[^<]*?>|<[^>]*>/g, '').trim())
}

/** Without the listeners and all else that is no text. */
function markupOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(markupOf).join('')
  if (typeof value === 'string') return value
  if (!isTemplate(value)) return ''
  return value.strings.map((piece, index) => piece + markupOf(value.values[index])).join('')
}

function isTemplate(value: unknown): value is TemplateResult {
  return typeof value === 'object' && value !== null && 'strings' in value
}
