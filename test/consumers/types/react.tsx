import type { Payment } from 'pay-button'
import { PayButton, type PayButtonElement } from 'pay-button/react'
import { useRef } from 'react'

export function Good() {
  const button = useRef<PayButtonElement>(null)
  return (
    <PayButton
      ref={button}
      className="pay"
      order={async () => 'A-1001'}
      endpoint="https://pay.shop.example"
      presentation="redirect"
      strings={{ payAmount: 'Buy for {amount}' }}
      onPaySubmit={(event) => event.detail.waitUntil(Promise.resolve())}
      onPaySuccess={({ detail }) => {
        const payment: Payment = detail.payment
        return payment.amount.value
      }}
      onPayClose={({ detail }) => detail.reason === 'payer'}
    >
      <button type="button" slot="trigger">
        Buy
      </button>
    </PayButton>
  )
}

export const bad = [
  // @ts-expect-error: a number is no reference.
  <PayButton key="order" order={1001} />,
  // @ts-expect-error: no such place for a cashier.
  <PayButton key="presentation" presentation="iframe" />,
  // @ts-expect-error: what happened is a `payment`.
  <PayButton key="event" onPaySuccess={({ detail }) => detail.order} />,
  // @ts-expect-error: no such event.
  <PayButton key="no-event" onPayWon={() => undefined} />,
  // @ts-expect-error: read-only.
  <PayButton key="state" state="paid" />,
  // @ts-expect-error: no such sentence.
  <PayButton key="strings" strings={{ buy: 'Buy' }} />,
]
