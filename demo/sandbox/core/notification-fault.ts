/** A notification that says something wrong. A provider that has no such fault throws. */
export type MessageFault =
  /** Replaces fields before signing; an empty text leaves the field out. */
  | { kind: 'fields'; fields: Record<string, string | number> }
  /** Signed, by a key or secret that is not the provider's. */
  | { kind: 'bad-signature' }
  /** The amount as a JSON number with four decimals, `300.0000`, signed in that text. */
  | { kind: 'amount-as-number' }
  /** Vexora: the amount twice, first another one, then the signed one. */
  | { kind: 'repeated-key' }
  /** PayCools: signed by the merchant's own key, which is not PayCools'. */
  | { kind: 'merchant-key' }
  /** PayCools: `param` parsed and written again on its way, after it was signed. */
  | { kind: 'rewritten' }

/** A notification that goes astray. */
export type PostFault =
  /** It never arrives; the retries go on. */
  | { kind: 'drop' }
  /** It arrives twice, at the same time. */
  | { kind: 'duplicate' }
  | { kind: 'delay'; ms: number }

export type NotificationFault = MessageFault | PostFault

/** A switch that this provider has no meaning for is a mistake of the test that set it. */
export function noSuchFault(provider: string, { kind }: MessageFault): never {
  throw new RangeError(`${provider} has no notification fault ${kind}`)
}
