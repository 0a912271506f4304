import { AdyenCheckout, Doku, Dropin, Econtext, Redirect } from '@adyen/adyen-web'
import '@adyen/adyen-web/styles/adyen.css'

/** The Drop-in with the least that can be chosen in the button: redirects, codes, accounts. */
export async function mount(place, configuration) {
  const checkout = await AdyenCheckout(configuration)
  return new Dropin(checkout, { paymentMethodComponents: [Redirect, Econtext, Doku] }).mount(place)
}
