/** Something that an operator should know of a configuration that can be used. */
export interface Finding {
  /** `warning`: some payment will go wrong. `note`: it is as it says, and somebody should want it. */
  level: 'ok' | 'note' | 'warning' | 'error'
  /** A stable word. */
  code: string
  /** What it is about: a variable, or what was asked. */
  about: string
  /** Never holds a secret. */
  says: string
}
