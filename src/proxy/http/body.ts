import type { HttpRequest } from './http-request.js'
import { ProblemError } from './problem.js'

/** A body is larger than it may be. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError'
}

/** A body was read, or is being read, by what stands before us. */
export class BodyTakenError extends Error {
  override readonly name = 'BodyTakenError'
}

const MOST = 16 * 1024

/** @throws {ProblemError} `body-invalid` (415 or 400), `body-too-large` */
export async function readJson(request: HttpRequest): Promise<unknown> {
  const [type] = (request.header('content-type') ?? '').split(';')
  if (type?.trim().toLowerCase() !== 'application/json') {
    throw new ProblemError('body-invalid', {
      status: 415,
      detail: 'The body must be application/json.',
    })
  }
  try {
    return JSON.parse(await request.text(MOST))
  } catch (error) {
    if (error instanceof BodyTooLargeError) throw new ProblemError('body-too-large')
    throw new ProblemError('body-invalid', {
      detail:
        error instanceof BodyTakenError
          ? 'The body was read before it came here: the proxy goes before what parses bodies.'
          : 'The body is not JSON.',
    })
  }
}
