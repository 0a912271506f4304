import { html, nothing, type TemplateResult } from 'lit'
import type { Next, Payment } from '../../contract/payment.js'
import type { Checkout } from './checkout.js'
import { phoneLink } from './elsewhere.js'
import { lazily } from './lazily.js'

/** What the payer can do while the outcome is open. */
export function waitingView(checkout: Checkout): TemplateResult {
  const { payment } = checkout.session.flow
  const canLeave = payment?.status === 'requires_action'
  return html`
    <div class="actions">
      ${payment?.next ? nextView(checkout, payment, payment.next) : nothing}
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

function nextView(checkout: Checkout, payment: Payment, next: Next): TemplateResult {
  if (next.type === 'code') return codeView(checkout, payment, next.code)
  if (checkout.purchase.route === 'blocked') return linkView(checkout, next.url)
  const { purchase } = checkout
  const { isWindowOpen } = purchase
  return html`
    ${
      isWindowOpen
        ? html`<button type="button" class="button" @click=${() => purchase.showWindow()}>
            ${checkout.say('show')}
          </button>`
        : nothing
    }
    <button
      type="button"
      class=${isWindowOpen ? 'plain' : 'button'}
      @click=${() => checkout.reopen()}
    >
      ${checkout.say('openAgain')}
    </button>
    ${phoneLink(checkout, next.url)}
  `
}

/** Where a window was blocked, a link that the payer presses is not. */
function linkView(checkout: Checkout, url: string): TemplateResult {
  const isWindow = checkout.presentation === 'popup'
  const left = () => checkout.purchase.leftByLink()
  return html`
    ${
      isWindow
        ? html`<a class="button" href=${url} target="_blank" rel="noopener" @click=${left}>
            ${checkout.say('open', { operator: checkout.used?.operator ?? '' })}
            <span class="unseen">${checkout.say('newWindow')}</span>
          </a>`
        : nothing
    }
    <a class=${isWindow ? 'plain' : 'button'} href=${url} target="_top" @click=${left}>
      ${checkout.say('openHere')}
    </a>
  `
}

const codes = lazily(() => import('../code/pay-code.js'))

/** What loads with the first code; until then, or without it, the bare code stands there. */
function codeView(checkout: Checkout, payment: Payment, code: string): TemplateResult {
  codes(checkout.host)?.defineCode()
  return html`<pay-button-code
    exportparts="code, countdown, copy"
    .payment=${payment}
    .channel=${checkout.used}
    .language=${checkout.language}
    .strings=${checkout.host.strings}
    ><p part="code">${code}</p></pay-button-code
  >`
}
