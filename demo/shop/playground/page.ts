import { html } from 'hono/html'
import type { Html, View } from '../pages/layout.js'
import { logOf } from '../pages/log.js'
import { PRODUCTS } from '../products.js'
import { WORDS } from '../words.js'
import { SIDES } from './behaviours.js'
import {
  attributeControls,
  labelled,
  partControl,
  select,
  sentenceControls,
  slotControls,
  themeButtons,
  tokenControls,
} from './controls.js'
import { type ElementApi, isCancelable } from './element-api.js'
import { CURRENCIES, KINDS } from './orders.js'
import type { Stage } from './stage.js'

/** As the page of every state, it is in English: its readers are developers. */
const VIEW: View = { language: 'en', path: '/playground', sandboxed: true }

interface PlaygroundPage {
  api: ElementApi
  /** Where the proxy is for payers. */
  payUrl: string
  /** Missing where payments go to real providers. */
  sandbox: Stage | undefined
}

/** What can be set, what comes of it, and the markup of it. */
export function playgroundPage({ api, payUrl, sandbox }: PlaygroundPage): Html {
  return html`<!doctype html>
<html lang="en" data-pay-url="${payUrl}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Playground of pay-button</title>
    <link rel="icon" href="/icon.svg">
    <link rel="stylesheet" href="/shop.css">
    <link rel="stylesheet" href="/playground.css">
    <script type="module" src="/playground/client/playground.js"></script>
  </head>
  <body>
    <header>
      <div>
        <p><a href="/?lang=en">← All teas</a> · <a href="/states?lang=en">Every state</a></p>
        <h1>Playground</h1>
        <p class="muted">Set <code>&lt;pay-button&gt;</code> by hand, pay with it, and take its markup along.</p>
      </div>
      <p class="row">
        <button type="button" id="share" class="chip">Copy link to these settings</button>
        <a class="chip" href="/playground">Start over</a>
      </p>
    </header>
    <main>
      <section class="card preview" aria-labelledby="preview-title">
        <div class="bar">
          <h2 id="preview-title">Preview</h2>
          <div class="row">
            <button type="button" id="again" class="chip">New order</button>
            <span class="segments" role="radiogroup" aria-label="Width of the preview">
              ${segment('width', '', 'Phone', true)}${segment('width', 'desktop', 'Desktop')}
            </span>
          </div>
        </div>
        <div class="stage"><iframe id="frame" title="The button" allow="clipboard-write"></iframe></div>
      </section>
      <form id="settings" class="controls" aria-label="Settings">
        ${group('Order', html`${orderControls()}`, true)}
        ${group('Attributes', html`${attributeControls(api)}`, true)}
        ${group(
          'Theme',
          html`<p class="row" role="group" aria-label="Themes to begin from">${themeButtons()}</p>
          ${labelled(html`<code>color-scheme</code> of the page`, select('scheme', SCHEMES))}
          ${tokenControls(api)}${partControl(api)}`,
          true,
        )}
        ${group('Words', html`${slotControls(api)}${sentenceControls()}`)}
        ${group('What your page does', html`${pageControls(api)}`)}
        ${sandbox ? group('What the sandbox does', html`${sandboxControls(sandbox)}`, true) : ''}
      </form>
      <section class="card markup" aria-labelledby="markup-title">
        <div class="bar">
          <h2 id="markup-title">Markup</h2>
          <div class="row">
            <span class="segments" role="radiogroup" aria-label="Form of the markup">
              ${segment('form', 'html', 'HTML', true)}${segment('form', 'react', 'React')}${segment('form', 'vue', 'Vue')}
            </span>
            <button type="button" id="copy">Copy</button>
          </div>
        </div>
        <pre tabindex="0" role="group" aria-label="Markup to copy"><code id="markup"></code></pre>
        <p class="muted">The order’s token was signed by this shop’s server. In your shop it is your own order’s.</p>
        <p id="said" role="status"></p>
      </section>
      <div class="logs">
        ${logOf('page-log', WORDS.pageLog, WORDS.pageLogHint, VIEW)}
        ${logOf('server-log', WORDS.serverLog, WORDS.serverLogHint, VIEW)}
      </div>
    </main>
  </body>
</html>`
}

const SCHEMES = [
  ['', 'not said: light'],
  ['light dark', 'light dark: as the system'],
  ['light', 'light'],
  ['dark', 'dark'],
] as const

function group(title: string, controls: Html, isOpen = false): Html {
  return html`<details class="card" ${isOpen ? 'open' : ''}>
    <summary><h2>${title}</h2></summary>
    <fieldset><legend class="unseen">${title}</legend>${controls}</fieldset>
  </details>`
}

function segment(name: string, value: string, label: string, isChecked = false): Html {
  return html`<label><input type="radio" name="${name}" value="${value}" ${name === 'width' ? 'form=settings' : ''} ${isChecked ? 'checked' : ''}><span>${label}</span></label>`
}

function orderControls(): Html {
  const currencies = CURRENCIES.map((currency) => {
    const tea = PRODUCTS.find(({ price }) => price.currency === currency)
    const label = tea ? currency : `${currency}, which no provider here takes`
    return html`<option value="${currency}" data-amount="${tea?.price.value ?? '9.99'}">${label}</option>`
  })
  return html`<div class="pair">
      ${labelled('Amount', html`<input type="text" name="amount" value="300" inputmode="decimal" pattern="(0|[1-9][0-9]{0,11})([.][0-9]{1,2})?" required autocomplete="off">`)}
      ${labelled('Currency', html`<select name="currency">${currencies}</select>`)}
    </div>
    ${labelled('State', select('kind', Object.entries(KINDS)))}`
}

const WAITS = [
  ['', 'nothing'],
  ['2000', '2 seconds, as to check the stock'],
  ['reject', 'a second, and rejects: sold out'],
] as const

function pageControls({ events }: ElementApi): Html {
  const ticks = events
    .filter(isCancelable)
    .map(
      ({ name }) =>
        html`<label class="tick"><input type="checkbox" name="cancel" value="${name}"> <span>cancel <code>${name}</code></span></label>`,
    )
  return html`${ticks}${labelled(html`<code>pay-submit</code> waits for`, select('wait', WAITS))}`
}

function sandboxControls({ url, counterUrl }: Stage): Html {
  const sides = Object.entries(SIDES).map(([side, { title, behaviours }]) => {
    const options = Object.entries(behaviours).map(
      ([name, { label, only }], index) =>
        html`<option value="${index === 0 ? '' : name}" data-only="${only?.join(' ') ?? ''}">${label}</option>`,
    )
    return labelled(title, html`<select name="sandbox.${side}">${options}</select>`)
  })
  return html`${sides}<p class="muted">Each payment made here meets this. A code is paid at the <a href="${counterUrl}" target="_blank">counter</a>; all that the <a href="${url}" target="_blank">sandbox</a> has in its books.</p>`
}
