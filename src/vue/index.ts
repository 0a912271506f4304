import {
  type ComponentPublicInstance,
  defineComponent,
  type HTMLAttributes,
  h,
  onMounted,
  type PublicProps,
  type SlotsType,
  shallowRef,
} from 'vue'
import type { OrderSource, PayButton as PayButtonElement } from '../button/index.js'
import '../button/index.js'
import {
  type PayButtonListeners,
  type PayButtonOwnProps,
  type PayButtonSlots,
  props,
  slotNames,
} from './api.generated.js'

export type { PayButtonElement, PayButtonListeners, PayButtonOwnProps, PayButtonSlots }

/** What `<PayButton>` takes: the element's own, and what every element takes. */
export type PayButtonProps = PayButtonOwnProps &
  PayButtonListeners &
  Omit<HTMLAttributes, keyof PayButtonOwnProps>

/** What a template ref of `<PayButton>` holds. */
export interface PayButtonExposed {
  /** The element itself, with `open()`, `close()` and `refresh()`; there once it is mounted. */
  readonly element: PayButtonElement | undefined
}

/** Spelt out, for Vue before 3.5 has no name for it. */
type PayButtonComponent = new () => ComponentPublicInstance<
  PayButtonProps,
  PayButtonExposed,
  object,
  Record<never, never>,
  Record<never, never>,
  Record<never, never>,
  PublicProps,
  object,
  false,
  object,
  Record<never, never>,
  SlotsType<PayButtonSlots>
>

/**
 * `<pay-button>` for Vue 3.4 and later. A server renders the tag with its attributes; what is no
 * attribute (a function as `order`, `strings`) is set once it is hydrated. Listeners are the
 * element's own: Vue passes them on. The element's slots are Vue's: `<template #trigger>`.
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
  (set: PayButtonOwnProps, { expose, slots }) => {
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
    const own = () => ({ ...set, order: typeof set.order === 'function' ? make : set.order })
    // Before 3.5 Vue hydrates a custom element without what is no attribute.
    onMounted(() => Object.assign(element.value ?? {}, own()))
    const children = () => [
      ...(slots.default?.() ?? []),
      // An element's slots are filled by attribute.
      ...slotNames.flatMap((slot) => {
        const content = slots[slot]?.()
        return content ? [h('span', { slot, key: slot }, content)] : []
      }),
    ]
    return () => h('pay-button', { ...own(), ref: element }, children())
  },
  { name: 'PayButton', props },
) as unknown as PayButtonComponent

declare module 'vue' {
  interface GlobalComponents {
    PayButton: typeof PayButton
    /** The bare element, as `compilerOptions.isCustomElement` lets it through. */
    'pay-button': typeof PayButton
  }
}
