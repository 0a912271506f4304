'use client'
// So that a server component may render it. Vite warns of the line unless it has its own React
// plugin, which knows that it does no harm.

import { createComponent } from '@lit/react'
import * as React from 'react'
import type { OrderSource, PayButton as PayButtonElement } from '../button/index.js'
import '../button/index.js'
import { events, type PayButtonOwnProps } from './api.generated.js'

export type { PayButtonElement, PayButtonOwnProps }

/** What `<PayButton>` takes: the element's own, and what every element takes. */
export type PayButtonProps = PayButtonOwnProps &
  Omit<React.HTMLAttributes<PayButtonElement>, keyof PayButtonOwnProps>

const Element = createComponent({
  react: React,
  tagName: 'pay-button',
  // A script tag may have defined it before: only the class in use knows its options.
  elementClass: customElements.get('pay-button') as typeof PayButtonElement,
  events,
  // Its own type would offer every member of the class as a prop.
}) as React.ForwardRefExoticComponent<PayButtonProps & React.RefAttributes<PayButtonElement>>

/**
 * `<pay-button>` for React 18 and 19. Its `ref` is the element, with `open()`, `close()` and
 * `refresh()`. A server renders the bare tag; everything is set once it is hydrated.
 *
 * A function as `order` may be written in place: each render's stands for the same purchase.
 * Another `key` begins a new one.
 *
 * @example
 * ```tsx
 * <PayButton order="A-1001" endpoint="https://pay.shop.example/" onPaySuccess={() => thank()} />
 * ```
 */
export const PayButton: typeof Element = React.forwardRef<PayButtonElement, PayButtonProps>(
  function PayButton({ order, ...props }, ref) {
    return React.createElement(Element, { ...props, order: useOnePurchase(order), ref })
  },
)

/** To the element another function is another order: it is given one that calls the latest. */
function useOnePurchase(order: PayButtonProps['order']): PayButtonProps['order'] {
  const [source] = React.useState(() => {
    const latest: { order: PayButtonProps['order'] } = { order }
    const make: OrderSource = () => {
      if (typeof latest.order === 'function') return latest.order()
      throw new Error('no order any more')
    }
    return { latest, make }
  })
  React.useEffect(() => {
    source.latest.order = order
  })
  return typeof order === 'function' ? source.make : order
}
