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
  const { seller = '' } = offer ?? {}
  return html`
    <div part="header">
      <h2 id="heading">${checkout.say(seller ? 'heading' : 'payAmount', { seller, amount: '' })}</h2>
      ${offer ? html`<p part="amount">${checkout.money(offer.amount)}</p>` : nothing}
      ${offer?.description ? html`<p class="muted">${offer.description}</p>` : nothing}
      ${offer?.test ? html`<strong>${checkout.say('test')}</strong>` : nothing}
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
  const status = flow.payment?.status
  switch (flow.phase) {
    case 'submitting':
      return checkout.say('submitting')
    case 'paid':
      return checkout.say(status === 'succeeded' ? 'thanks' : 'problem.order-paid')
    case 'failed':
      return checkout.sayFirst([`ended.${status}`])
    case 'waiting':
      return waitingSentence(checkout)
    case 'idle':
      if (preview?.paid) return checkout.say('problem.order-paid')
      if (flow.fault) return faultSentence(checkout, flow.fault)
      if (!offer) return fault ? faultSentence(checkout, fault) : ''
      return checkout.channels.length ? '' : checkout.say('noChannels')
  }
}

function waitingSentence(checkout: Checkout): string {
  const { session, purchase } = checkout
  const { payment, unsure } = session.flow
  if (unsure) return checkout.say('unsure')
  if (payment?.status === 'needs_review') {
    const amount = checkout.money(payment.amount)
    const received = payment.received && checkout.money(payment.received)
    const part = received ? checkout.say('received', { received, amount }) : ''
    return `${part} ${checkout.say('review')}`
  }
  if (!payment || payment.next?.type === 'code') return checkout.say('waiting')
  if (!payment.next) return checkout.say('submitting')
  const operator = checkout.used?.operator ?? ''
  return checkout.say(purchase.route === 'blocked' ? 'blocked' : 'cashier', { operator })
}

/** The sentence of a fault's own code, else of what the payer can do about it. */
function faultSentence(checkout: Checkout, fault: Fault): string {
  const { code, retryAt } = fault
  const time = retryAt ? formatTime(retryAt, checkout.language) : ''
  return checkout.sayFirst([`problem.${code}`, `remedy.${remedyOf(fault)}`], { code, time })
}
