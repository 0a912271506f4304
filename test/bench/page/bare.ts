/**
 * The least that can be called a button of one's own which tells an amount: what the browser itself
 * takes for the element, and for its first `Intl.NumberFormat`.
 */
export const BARE = `customElements.define('bare-button', class extends HTMLElement {
  connectedCallback() {
    const button = document.createElement('button')
    button.textContent = 'Pay'
    this.attachShadow({ mode: 'open' }).append(button)
    setTimeout(() => {
      const format = new Intl.NumberFormat('en', { style: 'currency', currency: 'HKD' })
      button.textContent = 'Pay ' + format.format(188)
    })
  }
})`

export const bareButton = '<bare-button></bare-button>'
