import 'pay-button'

declare const cart: EventTarget
declare const checkOut: HTMLElement
declare function placeOrder(cart: EventTarget): Promise<{ token: string }>
declare function reserve(cart: EventTarget): Promise<void>
