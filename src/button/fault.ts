/** Why nothing changed: a code of the contract's problems, or one of the button's own. */
export interface Fault {
  /**
   * A `ProblemCode`, or of ours: `unreachable` (no answer), `answer-unreadable`,
   * `submit-rejected` (by the page's `waitUntil`), `order-unavailable` (the page's `order`
   * function failed), `opaque-origin` (the page is in a sandbox without an origin),
   * `not-configured` (no order or endpoint), `not-rendered` (the button is inside
   * `display: none`).
   */
  code: string
  /** HTTP status, where there was an answer. */
  status?: number | undefined
  /** Payer field → what is wrong with it. */
  fields?: Record<string, string> | undefined
  /** ISO 8601, UTC: when trying again can help. */
  retryAt?: string | undefined
}
