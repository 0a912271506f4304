import type { Answer } from './answer.js'

const KEPT_BY_NOBODY = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
}

/** JSON that nobody keeps. */
export function json(body: unknown): Answer {
  return jsonText(JSON.stringify(body))
}

/** The same, of what is JSON already. */
export function jsonText(body: string, status = 200, headers?: Answer['headers']): Answer {
  return { status, headers: headers ? { ...KEPT_BY_NOBODY, ...headers } : KEPT_BY_NOBODY, body }
}
