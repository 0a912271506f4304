/** A notification that says something wrong. */
export type MessageFault =
  | { kind: 'bad-signature' }
  /** Replaces fields before signing; an empty text leaves the field out. */
  | { kind: 'fields'; fields: Record<string, string> }
  /** The amount as a JSON number with four decimals, `300.0000`, signed in that text. */
  | { kind: 'amount-as-number' }
  /** The amount twice: first another one, then the signed one. */
  | { kind: 'repeated-key' }

/** A notification that goes astray. */
export type PostFault =
  /** It never arrives; the retries go on. */
  | { kind: 'drop' }
  /** It arrives twice, at the same time. */
  | { kind: 'duplicate' }
  | { kind: 'delay'; ms: number }

export type NotificationFault = MessageFault | PostFault
