import { placeOrder } from './place-order.js'

const form = document.forms[0]
const button = document.querySelector('pay-button')

/** Another function is another order: the next press is for what the cart holds by then. */
function update() {
  const cart = Object.fromEntries(new FormData(form))
  if (button) button.order = () => placeOrder(cart)
}

form.addEventListener('change', update)
update()
