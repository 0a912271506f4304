import { AdyenCheckout, Redirect } from '@adyen/adyen-web'
import '@adyen/adyen-web/styles/adyen.css'

/** One redirect without anything to choose: the least of it that takes a payment. */
export async function mount(place, configuration) {
  return new Redirect(await AdyenCheckout(configuration)).mount(place)
}
