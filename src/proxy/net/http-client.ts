import { CappedBytes } from '../capped-bytes.js'
import type { ProviderAnswer, ProviderRequest } from '../providers/provider.js'

/** Sends one request, once; never repeats it and follows no redirect. */
export interface HttpClient {
  /**
   * @param timeout milliseconds in all.
   * @throws {UnreachableError} when no byte of the request can have left.
   * @throws {Error} anything else: the other side may have acted.
   */
  send(request: ProviderRequest, timeout: number): Promise<ProviderAnswer>
  close(): Promise<void>
}

/** Bytes; what a provider answers is a few hundred. */
export const MAX_ANSWER = 64 * 1024

/** The connection never stood (DNS, connect, TLS): nothing was sent. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError'
}

/** The answer is larger than any that we expect. */
export class AnswerTooLargeError extends Error {
  override readonly name = 'AnswerTooLargeError'
}

/** An answer while its bytes arrive: more than any that we expect is an `AnswerTooLargeError`. */
export function answerBytes(): CappedBytes {
  return new CappedBytes(MAX_ANSWER, () => new AnswerTooLargeError(`more than ${MAX_ANSWER} bytes`))
}
