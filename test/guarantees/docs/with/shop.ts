import type { Order, PaymentEvent, PayProxyOptions } from 'pay-button-proxy'

declare const options: PayProxyOptions
declare const env: Record<'PAY_SECRET', string>
declare const baseUrl: string
declare const merchantNo: string
declare const appSecret: string
declare const shop: {
  findOrder(reference: string): Promise<Order | null>
  settle(event: PaymentEvent): Promise<void>
}
