import { PayButton } from './pay-button.js'

/** Defines `<pay-button>`, unless a script before this one has. */
export function define(): void {
  if (!customElements.get('pay-button')) customElements.define('pay-button', PayButton)
}
