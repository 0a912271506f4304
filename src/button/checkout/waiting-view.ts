import { html, nothing, type TemplateResult } from 'lit'
import type { Next } from '../../contract/payment.js'
import type { Checkout } from './checkout.js'
import { timeOf } from './checkout-view.js'

/** What the payer can do while the outcome is open. */
export function waitingView(checkout: Checkout): TemplateResult {
  const { payment } = checkout.session.flow
  const canLeave = payment?.status === 'requires_action'
  return html`
    <div class="actions">
      ${payment?.next ? nextView(checkout, payment.next) : nothing}
      ${
        canLeave
          ? html`<button type="button" class="plain" @click=${() => checkout.purchase.another()}>
              ${checkout.say('another')}
            </button>`
          : nothing
      }
      <button type="button" class="plain" @click=${() => checkout.stop()}>
        ${checkout.say('stop')}
      </button>
    </div>
  `
}

function nextView(checkout: Checkout, next: Next): TemplateResult {
  if (next.type === 'code') return codeView(checkout, next)
  if (checkout.purchase.route === 'blocked') return linkView(checkout, next.url)
  return html`<button type="button" class="button" @click=${() => checkout.reopen()}>
    ${checkout.say('openAgain')}
  </button>`
}

/** Where a window was blocked, a link that the payer presses is not. */
function linkView(checkout: Checkout, url: string): TemplateResult {
  const isWindow = checkout.presentation === 'popup'
  const left = () => checkout.purchase.leftByLink()
  const top = window.top === window.self ? '_self' : '_top'
  return html`
    ${
      isWindow
        ? html`<a class="button" href=${url} target="_blank" rel="noopener" @click=${left}>
            ${checkout.say('open', { operator: checkout.operator })}
            <span class="unseen">${checkout.say('newWindow')}</span>
          </a>`
        : nothing
    }
    <a class=${isWindow ? 'plain' : 'button'} href=${url} target=${top} @click=${left}>
      ${checkout.say('openHere')}
    </a>
  `
}

function codeView(checkout: Checkout, next: Next & { type: 'code' }): TemplateResult {
  const { biller = '', code, expiresAt } = next
  return html`
    <p>${biller ? checkout.say('codeAt', { biller }) : checkout.say('code')}</p>
    <p part="code">${code}</p>
    ${
      expiresAt
        ? html`<p class="muted">${checkout.say('expires', { time: timeOf(checkout, expiresAt) })}</p>`
        : nothing
    }
  `
}
