import { isWithin, normaliseIp } from '../net/addresses.js'
import type { HttpRequest } from './http-request.js'

/** Whose address a request comes from; `undefined` where nothing tells. */
export type ClientIp = (request: Request, env: unknown) => string | undefined

/** The same in the one form in which addresses are compared and sent on. */
export type PayerIp = (request: HttpRequest) => string | undefined

/**
 * The payer's address on Node: the socket's, or behind proxies that are believed the right-most
 * hop of `X-Forwarded-For` that is not one of them. What a stranger writes into that header lies
 * further left and is never read.
 *
 * @param trustedProxies CIDRs or addresses.
 */
export function nodeClientIp(trustedProxies: readonly string[]): PayerIp {
  return (request) => {
    let address = normaliseIp(socketAddress(request.env) ?? '')
    const hops = request.header('x-forwarded-for')?.split(',').reverse() ?? []
    for (const hop of hops) {
      if (address === undefined || !isWithin(address, trustedProxies)) break
      address = normaliseIp(hop.trim())
    }
    return address
  }
}

/** What a runtime tells. */
export function normalised(tell: ClientIp): PayerIp {
  return (request) => normaliseIp(tell(request.toWeb(), request.env) ?? '')
}

/** Servers on Node hand their own request on as `incoming`: ours, and `@hono/node-server`. */
function socketAddress(env: unknown): string | undefined {
  const { incoming } = (env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
  return incoming?.socket?.remoteAddress
}
