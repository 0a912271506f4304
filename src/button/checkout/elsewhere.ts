import { html, nothing, type TemplateResult } from 'lit'
import { isLine } from '../presentation.js'
import type { Checkout } from './checkout.js'
import { lazily } from './lazily.js'
import { addressOf } from './returned.js'

const phone = lazily(() => import('../phone/phone-view.js'))

/** Where the phone is another device: a wide screen, a mouse and no touch. */
const DESKTOP = '(min-width: 48rem) and (hover: hover) and (pointer: fine)'
/** A longer link makes a code too fine for a camera. */
const LONGEST_LINK = 600

/** Carries a payment on to the phone, where the provider's rules allow it and there may be one. */
export function phoneLink(checkout: Checkout, url: string): TemplateResult | typeof nothing {
  const isOffered =
    checkout.used?.portable && url.length <= LONGEST_LINK && matchMedia(DESKTOP).matches
  if (!isOffered) return nothing
  const toggle = () => {
    checkout.isPhoneShown = !checkout.isPhoneShown
    checkout.host.requestUpdate()
  }
  return html`
    <button
      type="button"
      class="plain"
      aria-expanded=${checkout.isPhoneShown ? 'true' : 'false'}
      @click=${toggle}
    >
      ${checkout.say('phone')}
    </button>
    ${
      checkout.isPhoneShown
        ? html`<div class="phone">${phone(checkout.host)?.phoneView(url, checkout.language)}</div>`
        : nothing
    }
  `
}

/**
 * The way out of LINE's own browser, where some cashiers and wallets don't work, with the payment
 * that is waited for: LINE hands what has `openExternalBrowser=1` to the phone's browser.
 */
export function browserLink(checkout: Checkout): TemplateResult | typeof nothing {
  const { flow } = checkout.session
  if (!isLine() || flow.phase === 'paid') return nothing
  const page = addressOf(flow.payment?.id)
  page.searchParams.set('openExternalBrowser', '1')
  return html`<a class="plain" href=${page.href}>${checkout.say('ownBrowser')}</a>`
}
