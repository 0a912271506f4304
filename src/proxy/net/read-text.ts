import { AnswerTooLargeError, MAX_ANSWER } from './http-client.js'

/**
 * An answer's text.
 *
 * @throws {AnswerTooLargeError} as soon as it is more than any that we expect.
 */
export async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > MAX_ANSWER) throw new AnswerTooLargeError(`more than ${MAX_ANSWER} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
