import { html, LitElement } from 'lit'

/** The least that Lit makes of a button which tells an amount. */
class LitButton extends LitElement {
  static properties = { amount: {} }

  connectedCallback() {
    super.connectedCallback()
    setTimeout(() => {
      const format = new Intl.NumberFormat('en', { style: 'currency', currency: 'HKD' })
      this.amount = format.format(188)
    })
  }

  render() {
    return html`<button>Pay ${this.amount}</button>`
  }
}
customElements.define('lit-button', LitButton)
