import type { Context, Hono } from 'hono'
import { errorName, type Logger } from '../log.js'
import { StoreUnavailableError } from '../store/database.js'
import { checkOrigin, corsHeaders, preflight } from './origins.js'
import { ProblemError, problemResponse } from './problem.js'

export type Handler = (context: Context) => Promise<Response> | Response
type Methods = Partial<Record<'GET' | 'POST', Handler>>

/**
 * Registers what the methods of one path do; every other method is told which there are.
 *
 * @param isForServers what no page may read, only the shop's server; nothing if left out.
 */
export type Resource = (
  path: string,
  methods: Methods,
  isForServers?: (context: Context) => boolean,
) => void

/** Paths that anybody may ask from anywhere. */
export function openResources(app: Hono, log: Logger): Resource {
  return (path, methods) => {
    app.all(path, (context) => answer(context, methods, log))
  }
}

/** Paths of the button: only from the shop's origins. */
export function shopResources(app: Hono, log: Logger, origins: readonly string[]): Resource {
  return (path, methods, isForServers = () => false) => {
    app.all(path, async (context) => {
      const { raw } = context.req
      const isPreflight =
        raw.method === 'OPTIONS' && raw.headers.has('access-control-request-method')
      const response = isPreflight
        ? await attempt(context, log, () => preflight(raw, origins))
        : await answer(context, methods, log, () => checkOrigin(raw, origins))
      const readers = isForServers(context) ? [] : origins
      for (const [name, value] of Object.entries(corsHeaders(raw, readers))) {
        response.headers.set(name, value)
      }
      return response
    })
  }
}

async function answer(
  context: Context,
  methods: Methods,
  log: Logger,
  check: () => void = () => {},
): Promise<Response> {
  const method = context.req.method === 'HEAD' ? 'GET' : context.req.method
  const handler = Object.hasOwn(methods, method) ? methods[method as keyof Methods] : undefined
  if (!handler) {
    const response = problemResponse(new ProblemError('method-not-allowed'))
    response.headers.set('allow', Object.keys(methods).join(', '))
    return response
  }
  return attempt(context, log, () => {
    check()
    return handler(context)
  })
}

async function attempt(context: Context, log: Logger, handler: () => Promise<Response> | Response) {
  try {
    return await handler()
  } catch (error) {
    return problemResponse(toProblem(error, context, log))
  }
}

/** Whatever was thrown, as a problem; what is not of the contract's making is logged. */
function toProblem(error: unknown, context: Context, log: Logger): ProblemError {
  if (error instanceof ProblemError) return error
  log.error(
    { method: context.req.method, route: context.req.routePath, error: errorName(error) },
    'request failed',
  )
  return new ProblemError(error instanceof StoreUnavailableError ? 'store-unavailable' : 'internal')
}
