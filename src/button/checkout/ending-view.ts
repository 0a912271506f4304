import { html, nothing, type TemplateResult } from 'lit'
import { ENDINGS, endingOf } from '../../contract/ending.js'
import type { Offer } from '../../contract/offer.js'
import type { MoneyFate, Remedy } from '../../contract/problem.js'
import type { Fault } from '../fault.js'
import { formatTime } from '../format-time.js'
import type { Language } from '../language.js'
import type { Flow } from '../machine.js'
import type { EndingStrings } from '../strings/endings-en.js'
import type { Checkout } from './checkout.js'
import { doneButton, mainButton } from './checkout-view.js'
import { problemOf, remedyOf } from './client.js'
import type { ShownEnding } from './endings.js'
import { formView } from './form-view.js'
import { waitingView } from './waiting-view.js'

const LOADERS: Record<Language, () => Promise<{ strings: EndingStrings }>> = {
  en: () => import('../strings/endings-en.js'),
  'zh-Hant-TW': () => import('../strings/endings-zh-hant-tw.js'),
  'zh-HK': () => import('../strings/endings-zh-hk.js'),
  'zh-Hans': () => import('../strings/endings-zh-hans.js'),
  id: () => import('../strings/endings-id.js'),
}

/** The sentences of endings, in English where those of `language` can't be had. */
export async function loadEndingWords(language: Language): Promise<EndingStrings> {
  return (await LOADERS[language]().catch(LOADERS.en)).strings
}

/** What happened, what that means for the payer's money, and what to do next. */
export function endingView(checkout: Checkout): ShownEnding {
  const { flow, preview, offer, fault } = checkout.session
  if (flow.phase !== 'idle') return paymentEnding(checkout, flow)
  const stands = flow.fault ?? (offer ? { code: unpayable(offer) } : fault)
  return preview?.paid || !stands || stands.code === 'order-paid'
    ? { ...told(checkout, 'order-paid', ENDINGS['order-paid']), body: doneButton(checkout) }
    : faultEnding(checkout, stands)
}

function paymentEnding(checkout: Checkout, { payment, phase, unsure }: Flow): ShownEnding {
  const name = payment && !unsure ? endingOf(payment) : 'unsure'
  const { amount, received } = payment ?? {}
  const shown = told(checkout, name, ENDINGS[name], {
    amount: amount ? checkout.money(amount) : '',
    received: received ? checkout.money(received) : '',
  })
  if (name === 'unsure') return { ...shown, body: waitingView(checkout) }
  if (phase === 'paid') return { ...shown, body: doneButton(checkout) }
  const canChoose = ENDINGS[name].remedy === 'edit' && checkout.channels.length > 1
  const again = phase === 'failed' && [
    mainButton(checkout, canChoose ? 'another' : 'retry', () => checkout.purchase.another()),
  ]
  return { ...shown, body: actions(again || nothing, closeButton(checkout)) }
}

/** Of an attempt that certainly made no payment, or of an order that can't be paid. */
function faultEnding(checkout: Checkout, fault: Fault): ShownEnding {
  const { code, retryAt } = fault
  const { offer } = checkout.session
  const remedy = code === NO_CHANNELS ? 'ask-shop' : remedyOf(fault)
  const shown = told(
    checkout,
    code,
    { money: SELF_EVIDENT.includes(code) ? undefined : (problemOf(code)?.money ?? 'none'), remedy },
    {
      code,
      amount: offer ? checkout.money(offer.amount) : '',
      ...(code === LIMIT ? { time: formatTime(retryAt, checkout.language) } : {}),
    },
  )
  if (code === 'opaque-origin') return { ...shown, body: ownTab(checkout) }
  const isStale = code === 'order-token-expired'
  if (checkout.channels.length && remedy !== 'ask-shop' && !isStale) {
    return { ...shown, body: formView(checkout) }
  }
  const again = isStale
    ? mainButton(checkout, 'reload', () => location.reload())
    : mainButton(checkout, remedy === 'retry' ? 'retry' : 'check', () => checkout.reload())
  return { ...shown, body: actions(again, closeButton(checkout)) }
}

/** Not a fault of the proxy's: no channel takes the order's currency and amount. */
const NO_CHANNELS = 'no-channels'

/** The one fault that ends at a time that its sentence names. */
const LIMIT = 'payer-ip-limit'

/** Why an offer has nothing to choose from. */
function unpayable({ locked }: Offer): string {
  return locked ? 'payment-in-progress' : NO_CHANNELS
}

/** "Can't connect" says itself that nothing was charged; of an order nobody pays there is no need. */
const SELF_EVIDENT: readonly string[] = ['unreachable', NO_CHANNELS]

/** The sentences of `name`, else those of what can be done. */
function told(
  checkout: Checkout,
  name: string,
  { money, remedy }: { money?: MoneyFate | undefined; remedy: Remedy },
  values: Record<string, string> = {},
): Pick<ShownEnding, 'title' | 'details'> {
  const sentences = [
    money && checkout.sayFirst([`money.${money}`], values),
    checkout.sayFirst(
      [
        values.time === '' ? '' : `next.${name}`,
        `next.${money}`,
        values.code ? `next.${remedy}.code` : '',
        `next.${remedy}`,
      ],
      values,
    ),
  ]
  return {
    title: checkout.sayFirst(
      [`ended.${name}`, `problem.${name}`, name, `remedy.${remedy}`],
      values,
    ),
    details: html`${sentences.filter(Boolean).map((sentence) => html`<p>${sentence}</p>`)}`,
  }
}

/** Out of a sandbox that leaves the page without an origin, by whichever way it leaves open. */
function ownTab(checkout: Checkout): TemplateResult {
  const { href } = location
  return actions(
    html`<a class="button" href=${href} target="_blank" rel="noopener">${checkout.say('ownTab')}</a>`,
    html`<a class="plain" href=${href} target="_top">${checkout.say('openHere')}</a>`,
  )
}

function actions(...buttons: readonly unknown[]): TemplateResult {
  return html`<div class="actions">${buttons}</div>`
}

function closeButton(checkout: Checkout): TemplateResult {
  const close = () => checkout.host.dialog.close('payer')
  return html`<button type="button" class="plain" @click=${close}>${checkout.say('close')}</button>`
}
