/** What is wrong on the page's side of the contract, beside its problems. */
export type OwnCode =
  /** No answer came: no network, another address, or a policy of the page in between. */
  | 'unreachable'
  /** What answered is not the proxy, or one of another major version. */
  | 'answer-unreadable'
  /** A promise that the page gave to `waitUntil` was rejected. */
  | 'submit-rejected'
  /** The page's `order` function threw, or its promise was rejected. */
  | 'order-unavailable'
  /** The page is in a sandboxed frame without `allow-same-origin`. */
  | 'opaque-origin'
  /** A press without `order`, or without `endpoint` where one is needed. */
  | 'not-configured'
  /** A press on a button inside `display: none`, whose dialog could not be seen. */
  | 'not-rendered'

/** Why nothing changed. */
export interface Fault {
  /** A `ProblemCode` or an `OwnCode`; a newer proxy may have others. */
  code: string
  /** HTTP status, where there was an answer. */
  status?: number | undefined
  /** Payer field → what is wrong with it. */
  fields?: Record<string, string> | undefined
  /** ISO 8601, UTC: when trying again can help. */
  retryAt?: string | undefined
}
