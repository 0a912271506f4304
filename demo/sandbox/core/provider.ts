import type { HttpBindings } from '@hono/node-server'
import type { Hono } from 'hono'
import type { MessageFault } from './notification-fault.js'
import type { Action, Order, OrderReport, Reply } from './order.js'

/** One provider in the sandbox: a sibling folder of `core`, listed in `index.ts`. */
export interface Provider {
  /** `vexora-taiwan` */
  readonly id: string
  /** As payers and merchants know it: `Vexora`, and `Taiwan` where it has areas. */
  readonly brand: string
  readonly area?: string
  /** Where `api` hangs: `/vexora/taiwan`. */
  readonly basePath: string
  readonly api: Hono<{ Bindings: HttpBindings }>
  /** Where its cashier hangs: `/vexora/cashier`. */
  readonly cashierPath: string
  /** What its cashier lets a payer do, besides paying late and leaving. */
  readonly actions: readonly Action[]
  /** Where the codes it gives out are paid. */
  readonly counterPath?: string
  /** What a merchant of this sandbox sets, by environment variable. */
  settings(origin: string): Record<string, string>
  /** Why this order cannot be paid just now, as a sentence. */
  paymentBarrier(order: Order): string | undefined
  /** The body that tells the merchant of `report`. */
  notification(order: Order, report: OrderReport, fault: MessageFault | undefined): string
  /** Whether this reply stops the retries. */
  acknowledges(reply: Reply): boolean
}

/** The providers of this sandbox by `Provider.id`. */
export type Providers = ReadonlyMap<string, Provider>

/** `Vexora Taiwan` */
export function nameOf({ brand, area }: Provider): string {
  return area ? `${brand} ${area}` : brand
}

/** Orders are taken by listed providers only, so a miss is a mistake of ours. */
export function providerOf(providers: Providers, order: Order): Provider {
  const provider = providers.get(order.provider)
  if (!provider) throw new Error(`no provider ${order.provider}`)
  return provider
}
