import { html } from 'hono/html'
import { halfOf, shownAmount } from './amount.js'
import type { Order, OrderStatus } from './order.js'
import type { Html } from './page.js'
import type { Provider } from './provider.js'
import type { Settlement } from './settlement.js'

const STATUS_LINE: Record<OrderStatus, string> = {
  open: 'Waiting for payment',
  paid: 'Paid',
  'part-paid': 'Paid in part',
  refused: 'Payment refused',
  canceled: 'Canceled',
}

interface CashierView {
  provider: Provider
  order: Order
  allows: Settlement['allows']
  now: number
  /** Why the last press did nothing, as a sentence. */
  problem: string | undefined
}

/** The cashier: what is to be paid, and what the payer shall do about it. */
export function cashierPage({ provider, order, allows, now, problem }: CashierView): Html {
  const payable = allows(order, 'approve')
  const barrier = payable ? provider.paymentBarrier(order) : undefined
  return html`<main class="cashier">
  <header>
    <p class="brand">${provider.brand}${provider.area && html`<span>${provider.area}</span>`}</p>
    <p class="badge ${order.status}">${STATUS_LINE[order.status]}</p>
  </header>
  <h1 class="amount"><span>Amount</span>${shownAmount(order.amount, order.currency)}</h1>
  <dl>
    ${order.details.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}
    ${order.paidAmount && html`<div><dt>Paid</dt><dd>${shownAmount(order.paidAmount, order.currency)}</dd></div>`}
  </dl>
  ${problem && html`<p class="notice warning" role="alert">${problem}</p>`}
  ${payable && isExpired(order, now) && html`<p class="notice warning">This code has expired: what is paid now comes late.</p>`}
  ${order.lateAt && html`<p class="notice">A late payment comes in ${secondsUntil(order.lateAt, now)} s.</p>`}
  ${barrier && html`<p class="notice warning">${barrier}</p>`}
  ${payable ? actions(order, allows, barrier !== undefined) : wayBack(order, provider)}
</main>`
}

function isExpired({ expiresAt }: Order, now: number): boolean {
  return expiresAt !== undefined && expiresAt <= now
}

function wayBack({ returnUrl }: Order, { counterPath }: Provider): Html | undefined {
  if (returnUrl) return html`<a class="button" href="${returnUrl}">Return to the shop</a>`
  return counterPath
    ? html`<a class="button" href="${counterPath}">Pay another code</a>`
    : undefined
}

function secondsUntil(time: number, now: number): number {
  return Math.max(0, Math.ceil((time - now) / 1000))
}

/** A form's first button is what Enter in a field presses: it must not approve. */
const NO_DEFAULT = html`<button disabled hidden></button>`

function actions(order: Order, allows: Settlement['allows'], barred: boolean): Html {
  const disabled = barred ? 'disabled' : ''
  return html`<form method="post">
  ${NO_DEFAULT}
  <label class="check"><input type="checkbox" name="notify" value="yes" checked> Send notification to the merchant</label>
  <button name="action" value="approve" class="primary" ${disabled}>Approve payment</button>
  ${allows(order, 'refuse') && html`<button name="action" value="refuse">Refuse payment</button>`}
  ${allows(order, 'cancel') && html`<button name="action" value="cancel">Cancel payment</button>`}
  <fieldset>
    <legend>Other endings</legend>
    ${
      allows(order, 'part') &&
      html`<div class="row">
      <label for="part">Amount</label>
      <input id="part" name="part" inputmode="decimal" autocomplete="off" value="${halfOf(order.amount)}">
      <button name="action" value="part" ${disabled}>Pay part</button>
    </div>`
    }
    <div class="row">
      <label for="seconds">Seconds</label>
      <input id="seconds" name="seconds" inputmode="numeric" autocomplete="off" value="30">
      <button name="action" value="late" ${disabled}>Pay late</button>
    </div>
    <button name="action" value="abandon" class="quiet">Leave without paying</button>
  </fieldset>
</form>`
}
