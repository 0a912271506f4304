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
  return (path, methods) => register(app, path, log, (context) => handle(context, methods))
}

/** Paths of the button: only from the shop's origins. */
export function shopResources(app: Hono, log: Logger, origins: readonly string[]): Resource {
  return (path, methods, isForServers = () => false) => {
    const work = (context: Context) => {
      const { raw } = context.req
      const isPreflight =
        raw.method === 'OPTIONS' && raw.headers.has('access-control-request-method')
      return isPreflight
        ? preflight(raw, origins)
        : handle(context, methods, () => checkOrigin(raw, origins))
    }
    register(app, path, log, work, (context) =>
      corsHeaders(context.req.raw, isForServers(context) ? [] : origins),
    )
  }
}

/** @param headers that every answer of the path has, whatever came of the request. */
function register(
  app: Hono,
  path: string,
  log: Logger,
  work: Handler,
  headers: (context: Context) => Record<string, string> = () => ({}),
): void {
  app.all(path, async (context) => {
    let answer: Answer
    try {
      answer = await work(context)
    } catch (error) {
      answer = problem(toProblem(error, context, log))
    }
    return toResponse(answer, headers(context))
  })
}

/** @param check looks at a request whose method there is, before it is handled. */
function handle(context: Context, methods: Methods, check = () => {}): Promise<Answer> | Answer {
  const method = context.req.method === 'HEAD' ? 'GET' : context.req.method
  const handler = Object.hasOwn(methods, method) && methods[method as keyof Methods]
  if (!handler) return notAllowed(methods)
  check()
  return handler(context)
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
