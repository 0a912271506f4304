import type { Context, Hono } from 'hono'
import { errorName, type Logger } from '../log.js'
import { StoreUnavailableError } from '../store/database.js'
import { type Answer, toResponse } from './answer.js'
import { checkOrigin, corsHeaders, preflight } from './origins.js'
import { ProblemError, problem } from './problem.js'

export type Handler = (context: Context) => Promise<Answer> | Answer
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
    app.all(path, async (context) => toResponse(await answer(context, methods, log)))
  }
}

/** Paths of the button: only from the shop's origins. */
export function shopResources(app: Hono, log: Logger, origins: readonly string[]): Resource {
  return (path, methods, isForServers = () => false) => {
    app.all(path, async (context) => {
      const { raw } = context.req
      const isPreflight =
        raw.method === 'OPTIONS' && raw.headers.has('access-control-request-method')
      const answered = isPreflight
        ? await attempt(context, log, () => preflight(raw, origins))
        : await answer(context, methods, log, () => checkOrigin(raw, origins))
      const readers = isForServers(context) ? [] : origins
      return toResponse(answered, corsHeaders(raw, readers))
    })
  }
}

/** @param check looks at a request whose method there is, before it is handled. */
function answer(
  context: Context,
  methods: Methods,
  log: Logger,
  check = () => {},
): Promise<Answer> | Answer {
  const method = context.req.method === 'HEAD' ? 'GET' : context.req.method
  const handler = Object.hasOwn(methods, method) && methods[method as keyof Methods]
  if (!handler) return notAllowed(methods)
  return attempt(context, log, () => {
    check()
    return handler(context)
  })
}

async function attempt(
  context: Context,
  log: Logger,
  work: () => Promise<Answer> | Answer,
): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    return problem(toProblem(error, context, log))
  }
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
