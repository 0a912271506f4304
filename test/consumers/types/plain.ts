import { PayButton, type PaySuccessEvent } from 'pay-button'
import manifest from 'pay-button/custom-elements.json' with { type: 'json' }

const button: PayButton = document.createElement('pay-button')
button.order = () => 'A-1001'
button.addEventListener('pay-success', (event) => {
  const typed: PaySuccessEvent = event
  return typed.detail.payment.status
})
document.querySelector('pay-button')?.open()
export const schema: string = manifest.schemaVersion
export const made: PayButton = new PayButton()

// @ts-expect-error: read-only.
button.state = 'paid'
// @ts-expect-error: what happened is a `payment`.
button.addEventListener('pay-success', ({ detail }) => detail.order)
// @ts-expect-error: may be a promise, never a number.
button.order = () => 1001
