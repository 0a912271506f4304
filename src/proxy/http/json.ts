import type { Answer } from './answer.js'

/** JSON that nobody keeps. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return jsonText(JSON.stringify(body), status, headers)
}

/** The same, of what is JSON already. */
export function jsonText(body: string, status = 200, headers: Record<string, string> = {}): Answer {
  return {
    status,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...headers,
    },
    body,
  }
}
