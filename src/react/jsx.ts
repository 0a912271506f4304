import type * as React from 'react'
import type { PayButton } from '../button/index.js'
import type { PayButtonTag } from './api.generated.js'

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      /**
       * The bare element, which React 19 sets properties and listeners on by itself. To it another
       * function as `order` is another order, and one written in place is another in each render:
       * give it the same by `useCallback`, or take `PayButton` of `pay-button/react`.
       */
      'pay-button': PayButtonTag &
        Omit<React.HTMLAttributes<PayButton>, keyof PayButtonTag> &
        React.RefAttributes<PayButton>
    }
  }
}
