import { html, nothing, type TemplateResult } from 'lit'
import type { Fault } from '../fault.js'
import { formatTime } from '../format-time.js'
import type { Checkout } from './checkout.js'
import { remedyOf } from './client.js'
import { endingView } from './ending-view.js'
import { formView } from './form-view.js'
import { waitingView } from './waiting-view.js'

/** What stands in the dialog, whatever the payment's state. */
export function checkoutView(checkout: Checkout): TemplateResult {
  const { offer, flow } = checkout.session
  return html`
    <div part="header">
      <h2 id="heading">${
        offer?.seller
          ? checkout.say('headingTo', { seller: offer.seller })
          : checkout.say('heading')
      }</h2>
      ${offer ? html`<p part="amount">${checkout.money(offer.amount)}</p>` : nothing}
      ${offer?.description ? html`<p class="muted">${offer.description}</p>` : nothing}
      ${flow.payment?.test ? html`<p class="test">${checkout.say('test')}</p>` : nothing}
    </div>
    <p part="status" role="status" class=${flow.phase}>${statusOf(checkout)}</p>
    ${bodyOf(checkout)}
  `
}

function bodyOf(checkout: Checkout): TemplateResult | typeof nothing {
  const { flow, preview, offer } = checkout.session
  switch (flow.phase) {
    case 'submitting':
      return nothing
    case 'waiting':
      return waitingView(checkout)
    case 'paid':
    case 'failed':
      return endingView(checkout)
    case 'idle':
      return preview?.paid || !offer || !checkout.channels.length
        ? endingView(checkout)
        : formView(checkout)
  }
}

/** The one sentence that says where things stand; read out when it changes. */
function statusOf(checkout: Checkout): string {
  const { flow, preview, fault, offer } = checkout.session
  const { payment } = flow
  switch (flow.phase) {
    case 'submitting':
      return checkout.say('preparing')
    case 'paid':
      return checkout.say(payment?.status === 'succeeded' ? 'paid' : 'orderPaid')
    case 'failed':
      return checkout.sayFirst([payment?.status ?? 'failed'])
    case 'waiting':
      return waitingStatus(checkout)
    case 'idle':
      if (preview?.paid) return checkout.say('orderPaid')
      if (flow.fault) return faultSentence(checkout, flow.fault)
      if (!offer) return fault ? faultSentence(checkout, fault) : ''
      return checkout.channels.length ? '' : checkout.say('noChannels')
  }
}

function waitingStatus(checkout: Checkout): string {
  const { flow } = checkout.session
  const { payment } = flow
  if (flow.unsure) return checkout.say('unsure')
  if (!payment) return checkout.say('processing')
  if (payment.status === 'needs_review') {
    const { received, amount } = payment
    return received
      ? checkout.say('review.received', {
          received: checkout.money(received),
          amount: checkout.money(amount),
        })
      : checkout.say('review')
  }
  if (payment.next?.type !== 'redirect')
    return checkout.say(payment.next ? 'processing' : 'preparing')
  if (checkout.purchase.route === 'blocked') return checkout.say('blocked')
  return checkout.say('cashier', { operator: checkout.operator })
}

/** The sentence of a fault's own code, else of what the payer can do about it. */
function faultSentence(checkout: Checkout, fault: Fault): string {
  const problem = `problem.${fault.code}`
  const time = fault.retryAt && formatTime(fault.retryAt, checkout.language)
  const keys = [...(time ? [`${problem}.until`] : []), problem, `remedy.${remedyOf(fault)}`]
  return checkout.sayFirst(keys, { code: fault.code, ...(time && { time }) })
}
