import type { Context, Hono } from 'hono'
import { errorName, type Logger } from '../log.js'
import { StoreUnavailableError } from '../store/database.js'
import { type Answer, toResponse } from './answer.js'
import { checkOrigin, corsHeaders, preflight } from './origins.js'
import { ProblemError, problem } from './problem.js'

type Handler<Result> = (context: Context) => Promise<Result> | Result
type Methods<Result> = Partial<Record<'GET' | 'POST', Handler<Result>>>

/** Registers what the methods of one path do; every other method is told which there are. */
export type Resource = (path: string, methods: Methods<Response>) => void

/** @param isForServers what no page may read, only the shop's server; nothing if left out. */
export type ShopResource = (
  path: string,
  methods: Methods<Answer>,
  isForServers?: (context: Context) => boolean,
) => void
export type ShopHandler = Handler<Answer>

/** Paths that anybody may ask from anywhere. */
export function openResources(app: Hono, log: Logger): Resource {
  return (path, methods) => {
    app.all(path, async (context) => {
      const handler = handlerOf(methods, context)
      if (!handler) return toResponse(notAllowed(methods))
      try {
        return await handler(context)
      } catch (error) {
        return toResponse(problem(toProblem(error, context, log)))
      }
    })
  }
}

/** Paths of the button: only from the shop's origins. */
export function shopResources(app: Hono, log: Logger, origins: readonly string[]): ShopResource {
  const answer = async (context: Context, methods: Methods<Answer>): Promise<Answer> => {
    const { raw } = context.req
    try {
      if (raw.method === 'OPTIONS' && raw.headers.has('access-control-request-method')) {
        return preflight(raw, origins)
      }
      const handler = handlerOf(methods, context)
      if (!handler) return notAllowed(methods)
      checkOrigin(raw, origins)
      return await handler(context)
    } catch (error) {
      return problem(toProblem(error, context, log))
    }
  }
  return (path, methods, isForServers = () => false) => {
    app.all(path, async (context) => {
      const readers = isForServers(context) ? [] : origins
      return toResponse(await answer(context, methods), corsHeaders(context.req.raw, readers))
    })
  }
}

function handlerOf<Result>(
  methods: Methods<Result>,
  { req }: Context,
): Handler<Result> | undefined {
  const method = req.method === 'HEAD' ? 'GET' : req.method
  return Object.hasOwn(methods, method) ? methods[method as keyof Methods<Result>] : undefined
}

function notAllowed(methods: object): Answer {
  const answer = problem(new ProblemError('method-not-allowed'))
  return { ...answer, headers: { ...answer.headers, allow: Object.keys(methods).join(', ') } }
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
