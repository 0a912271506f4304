import { isWithin, normaliseIp } from '../net/addresses.js'

/** Whose address a request comes from; `undefined` where nothing tells. */
export type ClientIp = (request: Request, env: unknown) => string | undefined

/**
 * The payer's address on Node: the socket's, or behind proxies that are believed the right-most
 * hop of `X-Forwarded-For` that is not one of them. What a stranger writes into that header lies
 * further left and is never read.
 *
 * @param trustedProxies CIDRs or addresses.
 */
export function nodeClientIp(trustedProxies: readonly string[]): ClientIp {
  return (request, env) => {
    let address = normaliseIp(socketAddress(env) ?? '')
    const hops = request.headers.get('x-forwarded-for')?.split(',').reverse() ?? []
    for (const hop of hops) {
      if (address === undefined || !isWithin(address, trustedProxies)) break
      address = normaliseIp(hop.trim())
    }
    return address
  }
}

/** What a runtime tells, in the one form in which addresses are compared and sent on. */
export function normalised(tell: ClientIp): ClientIp {
  return (request, env) => normaliseIp(tell(request, env) ?? '')
}

/** `@hono/node-server` hands its request to the application as `incoming`. */
function socketAddress(env: unknown): string | undefined {
  const { incoming } = (env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
  return incoming?.socket?.remoteAddress
}
