import 'pay-button/react/jsx'

export const good = (
  <pay-button order="A-1001" onpay-success={({ detail }) => detail.payment.id} className="pay">
    Buy
  </pay-button>
)

export const bad = [
  // @ts-expect-error: a number is no reference.
  <pay-button key="order" order={1001} />,
  // @ts-expect-error: what happened is a `payment`.
  <pay-button key="event" onpay-success={({ detail }) => detail.order} />,
]
