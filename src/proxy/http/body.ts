import { ProblemError } from './problem.js'

/** A body is larger than it may be. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError'
}

/**
 * @param most bytes.
 * @throws {BodyTooLargeError}
 */
export async function readText(request: Request, most: number): Promise<string> {
  const length = request.headers.get('content-length')
  // A length is enforced by the server's parser; only a chunked body can grow beyond what it says.
  if (length !== null) {
    if (Number(length) > most) throw new BodyTooLargeError()
    return request.text()
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.length
    if (size > most) throw new BodyTooLargeError()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

const MOST = 16 * 1024

/** @throws {ProblemError} `body-invalid` (415 or 400), `body-too-large` */
export async function readJson(request: Request): Promise<unknown> {
  const [type] = (request.headers.get('content-type') ?? '').split(';')
  if (type?.trim().toLowerCase() !== 'application/json') {
    throw new ProblemError('body-invalid', {
      status: 415,
      detail: 'The body must be application/json.',
    })
  }
  try {
    return JSON.parse(await readText(request, MOST))
  } catch (error) {
    if (error instanceof BodyTooLargeError) throw new ProblemError('body-too-large')
    throw new ProblemError('body-invalid', { detail: 'The body is not JSON.' })
  }
}
