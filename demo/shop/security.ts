import type { secureHeaders } from 'hono/secure-headers'

/**
 * As strict as a shop's policy can be with a button from another origin: no inline script or
 * style, and no markup made of strings but by the button's own policy.
 */
export function contentSecurityPolicy(
  payUrl: string,
  { framesItself = false, trustedTypes = ['pay-button'] } = {},
): Parameters<typeof secureHeaders>[0] {
  const pay = new URL(payUrl).origin
  return {
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", pay],
      connectSrc: ["'self'", pay],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      ...(framesItself ? { frameSrc: ["'self'"] } : {}),
      frameAncestors: [framesItself ? "'self'" : "'none'"],
      requireTrustedTypesFor: ["'script'"],
      trustedTypes,
    },
    // A shop that isolates itself from its windows cannot see whether they are still there.
    crossOriginOpenerPolicy: false,
    // Means nothing on loopback, where there is no TLS.
    strictTransportSecurity: false,
  }
}
