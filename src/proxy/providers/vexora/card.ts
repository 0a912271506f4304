import { toDecimal } from '../../../contract/money.js'
import type { Field } from '../../../contract/offer.js'
import { type AmountLimits, withinLimits } from '../limits.js'
import { payerText } from '../payer.js'
import type { Provider } from '../provider.js'
import { type VexoraCredentials, vexoraProvider } from './route.js'

export interface VexoraCardOptions extends VexoraCredentials, AmountLimits {
  /**
   * Vexora's `userId` where the order names no payer: it "can be a fixed value". Without either
   * the channel is not offered.
   */
  userId?: string | undefined
}

/** Lengths are ours: Vexora documents none. */
const FIELDS: readonly Field[] = [
  // The table calls it the beneficiary's; it is the payer's.
  { name: 'mobile', format: 'mobile-international', required: true },
  // Vexora writes to it when the payment is done.
  { name: 'email', format: 'email', required: true, maxLength: 254 },
]

/** Vexora card: Visa and Mastercard in USD, on a hosted cashier; docs.vexora.com/guide/areas/card. */
export function card(options: VexoraCardOptions): Provider {
  const isAllowed = withinLimits(options)
  return vexoraProvider(
    {
      id: 'vexora-card',
      channels: [
        {
          code: 'CARD',
          kind: 'card',
          flow: 'redirect',
          label: 'Visa / Mastercard',
          fields: FIELDS,
          // Card takes no payer's address, so nothing binds the cashier to one; Taiwan's does.
          portable: true,
          takes: ({ amount, currency, userId }) =>
            currency === 'USD' && isAllowed(amount) && Boolean(userId ?? options.userId),
        },
      ],
      fields: ({ amount, userId, payer }) => ({
        amount: toDecimal(amount),
        currency: 'USD',
        userId: userId ?? options.userId,
        // "Country code + local mobile number": digits only in the example.
        mobile: payerText(payer, 'mobile')?.replace('+', ''),
        email: payerText(payer, 'email'),
      }),
    },
    options,
  )
}
