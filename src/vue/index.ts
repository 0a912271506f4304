import { type DefineSetupFnComponent, defineComponent, h, shallowRef } from 'vue'
import type { OrderSource, PayButton as PayButtonElement } from '../button/index.js'
import '../button/index.js'
import { type PayButtonEmits, type PayButtonProps, props } from './api.generated.js'

export type { PayButtonElement, PayButtonEmits, PayButtonProps }

/** What a template ref of `<PayButton>` holds. */
export interface PayButtonExposed {
  /** The element itself, with `open()`, `close()` and `refresh()`; there once it is mounted. */
  readonly element: PayButtonElement | undefined
}

/**
 * `<pay-button>` for Vue 3.4 and later. A server renders the tag with its attributes; what is no
 * attribute (a function as `order`, `strings`) is set once it is hydrated. Listeners are the
 * element's own: Vue passes them on.
 *
 * A function as `order` may be written in the template: each render's stands for the same purchase.
 * Another `key` begins a new one.
 *
 * @example
 * ```vue
 * <PayButton order="A-1001" endpoint="https://pay.shop.example/" @pay-success="thank" />
 * ```
 */
export const PayButton = defineComponent(
  (set: PayButtonProps, { expose, slots }) => {
    const element = shallowRef<PayButtonElement>()
    const exposed: PayButtonExposed = {
      get element() {
        return element.value
      },
    }
    expose(exposed)
    // To the element another function is another order: it is given one that calls the latest.
    const make: OrderSource = () => {
      if (typeof set.order === 'function') return set.order()
      throw new Error('no order any more')
    }
    const order = () => (typeof set.order === 'function' ? make : set.order)
    return () => h('pay-button', { ...set, order: order(), ref: element }, slots.default?.())
  },
  { name: 'PayButton', props },
) as DefineSetupFnComponent<PayButtonProps, PayButtonEmits>

declare module 'vue' {
  interface GlobalComponents {
    PayButton: typeof PayButton
    /** The bare element, as `compilerOptions.isCustomElement` lets it through. */
    'pay-button': typeof PayButton
  }
}
