import { type Answer, toAnswer, toResponse } from './answer.js'
import type { HttpRequest } from './http-request.js'
import { WebRequest } from './web-request.js'

/** Answers a request, whatever comes of it: it neither throws nor rejects. */
export type Handle = (request: HttpRequest) => Promise<Answer> | Answer

type Fetch = (request: Request, env?: unknown) => Promise<Response>

const HANDLES = new WeakMap<Fetch, Handle>()

/** The handler of web-standard runtimes. */
export function fetchOf(handle: Handle): Fetch {
  const fetch: Fetch = async (request, env) =>
    toResponse(await handle(new WebRequest(request, env)), request.method)
  HANDLES.set(fetch, handle)
  return fetch
}

/**
 * What is behind a `fetch` of ours, without its `Request` and `Response`. One that somebody wrapped
 * is asked as it is: what it adds counts.
 */
export function handleOf(fetch: Fetch): Handle {
  return (
    HANDLES.get(fetch) ?? (async (request) => toAnswer(await fetch(request.toWeb(), request.env)))
  )
}
