import type { HttpRequest } from '../http/http-request.js'
import { ProblemError } from '../http/problem.js'
import { type FindOrder, type Order, type OrderToken, orderSchema } from './order.js'
import { LONGEST_REFERENCE, readOrderToken } from './token.js'

/** Where orders come from: the shop's callback, or tokens that the shop signed. */
export interface OrderSource {
  /**
   * Reads what a reference says by itself, before anybody is asked.
   *
   * @throws {ProblemError} `order-token-invalid`
   */
  read(ref: string): Promise<Reference>
  /** @throws {ProblemError} `order-token-expired`, `order-not-found` */
  find(reference: Reference, request: HttpRequest): Promise<Order>
}

export interface Reference {
  ref: string
  /** What two requests for the same order have in common. */
  identity: string
  token?: OrderToken
}

/** The shop answered with something that is no order. */
export class OrderInvalidError extends Error {
  override readonly name = 'OrderInvalidError'
}

export function ordersFromCallback(findOrder: FindOrder): OrderSource {
  return {
    async read(ref) {
      return { ref, identity: ref }
    },
    async find({ ref }, request) {
      const found = ref.length > LONGEST_REFERENCE ? null : await findOrder(ref, request.toWeb())
      if (found === null) throw new ProblemError('order-not-found')
      const order = orderSchema.safeParse(found)
      if (!order.success) {
        const paths = order.error.issues.map((issue) => issue.path.join('.'))
        throw new OrderInvalidError(`the shop's order is not valid: ${paths.join(', ')}`)
      }
      return order.data
    },
  }
}

/** @param now the store's clock, milliseconds: a process of its own may be wrong. */
export function ordersFromTokens(secrets: readonly string[], now: () => number): OrderSource {
  return {
    async read(ref) {
      const token = readOrderToken(ref, secrets, now())
      if (!token) throw new ProblemError('order-token-invalid')
      return { ref, identity: token.order.id, token }
    },
    async find({ token }) {
      if (!token) throw new ProblemError('order-token-invalid')
      if (token.expired) throw new ProblemError('order-token-expired')
      return token.order
    },
  }
}
