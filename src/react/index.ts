'use client'

import { createComponent } from '@lit/react'
import * as React from 'react'
import { PayButton as PayButtonElement } from '../button/index.js'
import { events, type PayButtonOwnProps } from './api.generated.js'

export type { PayButtonElement, PayButtonOwnProps }

/** What `<PayButton>` takes: the element's own, and what every element takes. */
export type PayButtonProps = PayButtonOwnProps &
  Omit<React.HTMLAttributes<PayButtonElement>, keyof PayButtonOwnProps>

/**
 * `<pay-button>` for React 18 and 19. Its `ref` is the element, with `open()`, `close()` and
 * `refresh()`. A server renders the bare tag; everything is set once it is hydrated.
 *
 * @example
 * ```tsx
 * <PayButton order="A-1001" endpoint="https://pay.shop.example/" onPaySuccess={() => thank()} />
 * ```
 */
export const PayButton = createComponent({
  react: React,
  tagName: 'pay-button',
  elementClass: PayButtonElement,
  displayName: 'PayButton',
  events,
  // Its own type would offer every member of the class as a prop.
}) as React.ForwardRefExoticComponent<PayButtonProps & React.RefAttributes<PayButtonElement>>
