import { html, type TemplateResult } from 'lit'
import type { Checkout } from './checkout.js'

/** What is left to do where there is no form and nothing to wait for. */
export function endingView(checkout: Checkout): TemplateResult {
  const { flow, preview } = checkout.session
  if (flow.phase === 'paid' || preview?.paid) {
    return html`<div class="actions">
      <button type="button" class="button" @click=${() => checkout.host.dialog.close('settled')}>
        ${checkout.say('done')}
      </button>
    </div>`
  }
  const again = () => (flow.phase === 'failed' ? checkout.purchase.another() : checkout.reload())
  return html`
    ${flow.phase === 'failed' ? html`<p class="muted">${checkout.say('notCharged')}</p>` : ''}
    <div class="actions">
      <button type="button" class="button" @click=${again}>${checkout.say('retry')}</button>
    </div>
  `
}
