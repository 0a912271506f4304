import type { HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import type { MessageFault } from './notification-fault.js'
import type { Order, OrderReport } from './order.js'

/** One provider in the sandbox: a sibling folder of `core`, listed in `index.ts`. */
export interface Provider {
  /** `vexora-taiwan` */
  readonly id: string
  /** As payers and merchants know it: `Vexora`, `Taiwan`. */
  readonly brand: string
  readonly area: string
  /** The area's segment, where `api` hangs: `/vexora/taiwan`. */
  readonly basePath: string
  readonly api: Hono<{ Bindings: HttpBindings }>
  /** Where its cashier hangs: `/vexora/cashier`. */
  readonly cashierPath: string
  /** What a merchant of this sandbox sets, by environment variable. */
  settings(origin: string): Record<string, string>
  /** Why this order cannot be paid just now, as a sentence. */
  paymentBarrier(order: Order): string | undefined
  /** The signed body that tells the merchant of `report`. */
  notification(order: Order, report: OrderReport, fault: MessageFault | undefined): string
  /** The one reply that stops the retries, to the byte. */
  readonly acknowledgement: string
}

/** The providers of this sandbox by `Provider.id`. */
export type Providers = ReadonlyMap<string, Provider>

/** Orders are taken by listed providers only, so a miss is a mistake of ours. */
export function providerOf(providers: Providers, order: Order): Provider {
  const provider = providers.get(order.provider)
  if (!provider) throw new Error(`no provider ${order.provider}`)
  return provider
}
