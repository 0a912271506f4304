/** What is answered, as long as headers may still be added: to those of a `Response` that is dear. */
export interface Answer {
  status: number
  headers: Readonly<Record<string, string>>
  /** Set by a function that stands before ours: each is a header of its own. */
  cookies?: string[]
  /** `null`: none. */
  body: string | Uint8Array<ArrayBuffer> | null
}

/** The answer with more headers. */
export function withHeaders(answer: Answer, more: Answer['headers']): Answer {
  const { status, headers, body } = answer
  // Of two objects a spread makes one that V8 is slow with, over ten times slower than this.
  return { status, headers: Object.assign({}, headers, more), body }
}

/** @param method that is answered: to `HEAD` goes no body. */
export function toResponse({ status, headers, body }: Answer, method: string): Response {
  return new Response(method === 'HEAD' ? null : body, { status, headers })
}

export async function toAnswer(response: Response): Promise<Answer> {
  const { status, headers, body } = response
  return {
    status,
    headers: Object.fromEntries(headers),
    cookies: headers.getSetCookie(),
    body: body && new Uint8Array(await response.arrayBuffer()),
  }
}
