/** The running proxy did not do what it was asked; the message is one line for an operator. */
export class ProxyCallError extends Error {
  override readonly name = 'ProxyCallError'
}
