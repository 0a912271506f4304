import { AnswerTooLargeError, MAX_ANSWER } from './http-client.js'

/** An answer's text, while its bytes arrive. */
export class AnswerText {
  readonly #chunks: Uint8Array[] = []
  #size = 0

  /** @throws {AnswerTooLargeError} as soon as it is more than any that we expect. */
  add(chunk: Uint8Array): void {
    this.#size += chunk.length
    if (this.#size > MAX_ANSWER) throw new AnswerTooLargeError(`more than ${MAX_ANSWER} bytes`)
    this.#chunks.push(chunk)
  }

  toString(): string {
    return Buffer.concat(this.#chunks).toString('utf8')
  }
}
