import { html, nothing, type TemplateResult } from 'lit'
import type { Words } from '../language.js'
import type { Checkout } from './checkout.js'
import { browserLink } from './elsewhere.js'
import { endingOf, isEnding } from './endings.js'
import { formView } from './form-view.js'
import { waitingView } from './waiting-view.js'

/** What stands in the dialog, whatever the payment's state. */
export function checkoutView(checkout: Checkout): TemplateResult {
  const { offer, flow, preview } = checkout.session
  const { seller = '' } = offer ?? {}
  const ending = isEnding(checkout) ? endingOf(checkout) : undefined
  return html`
    <div part="header">
      <h2 id="heading">${checkout.say(seller ? 'heading' : 'payAmount', { seller, amount: '' })}</h2>
      ${offer ? html`<p part="amount">${checkout.money(offer.amount)}</p>` : nothing}
      ${offer?.description ? html`<p class="muted">${offer.description}</p>` : nothing}
      ${offer?.test || flow.payment?.test ? html`<strong>${checkout.say('test')}</strong>` : nothing}
    </div>
    <div class="status" role="status">
      <p part="status" class=${preview?.paid ? 'paid' : flow.phase}>${ending?.title ?? statusOf(checkout)}</p>
      ${ending?.details}
    </div>
    ${ending ? ending.body : bodyOf(checkout)} ${browserLink(checkout)}
  `
}

/** The one button of a state, with its words. */
export function mainButton(
  checkout: Checkout,
  key: keyof Words,
  press: () => void,
): TemplateResult {
  return html`<button type="button" class="button" @click=${press}>${checkout.say(key)}</button>`
}

export function doneButton(checkout: Checkout): TemplateResult {
  return mainButton(checkout, 'done', () => checkout.host.dialog.close('settled'))
}

/** Also what stands in for an ending whose view can't be loaded. */
function bodyOf(checkout: Checkout): TemplateResult | typeof nothing {
  const { flow, preview } = checkout.session
  switch (flow.phase) {
    case 'submitting':
      return nothing
    case 'waiting':
      return waitingView(checkout)
    case 'paid':
      return html`
        ${checkout.purchase.isWindowOpen ? html`<p>${checkout.say('closeWindow')}</p>` : nothing}
        ${doneButton(checkout)}
      `
    case 'failed':
      return mainButton(checkout, 'retry', () => checkout.purchase.another())
    case 'idle':
      if (preview?.paid) return doneButton(checkout)
      return checkout.channels.length
        ? formView(checkout)
        : mainButton(checkout, 'retry', () => checkout.reload())
  }
}

/** The one sentence that says where things stand; plain ones stand in for an ending's. */
function statusOf(checkout: Checkout): string {
  const { flow, preview, fault } = checkout.session
  switch (flow.phase) {
    case 'submitting':
      return checkout.say('submitting')
    case 'paid':
      return checkout.say(isEnding(checkout) ? 'paid' : 'thanks')
    case 'failed':
      return checkout.say('failed')
    case 'waiting':
      return isEnding(checkout) ? checkout.say('unsure') : waitingSentence(checkout)
    case 'idle': {
      if (preview?.paid) return checkout.say('paid')
      if (!isEnding(checkout)) return ''
      const { code = '' } = flow.fault ?? fault ?? {}
      return checkout.say(code === 'unreachable' ? 'problem.unreachable' : 'remedy.retry')
    }
  }
}

function waitingSentence(checkout: Checkout): string {
  const { next } = checkout.session.flow.payment ?? {}
  if (!next) return checkout.say(checkout.session.flow.payment ? 'submitting' : 'waiting')
  if (next.type === 'code') return checkout.say('waiting')
  const { route, isCut, isWindowOpen } = checkout.purchase
  if (route === 'blocked') return checkout.say('blocked')
  if (isCut) return checkout.say('cut')
  const operator = checkout.used?.operator ?? ''
  const { host } = new URL(next.url)
  return checkout.say(isWindowOpen ? 'cashier' : 'closed', { operator, host })
}
