import { errorName, type Logger } from '../log.js'
import { StoreUnavailableError } from '../store/database.js'
import { type Answer, withHeaders } from './answer.js'
import type { HttpRequest } from './http-request.js'
import { checkOrigin, corsHeaders, preflight, UNREADABLE } from './origins.js'
import { ProblemError, problem } from './problem.js'
import type { Handler, Params, Routes } from './routes.js'

type Methods = Partial<Record<'GET' | 'POST', Handler>>

/**
 * Registers what the methods of one path do; every other method is told which there are.
 *
 * @param isForServers what no page may read, only the shop's server; nothing if left out.
 */
export type Resource = (
  path: string,
  methods: Methods,
  isForServers?: (request: HttpRequest) => boolean,
) => void

/** Where resources are registered. */
export interface Place {
  routes: Routes
  /** Before every path of theirs. */
  base: string
  log: Logger
}

/** Paths that anybody may ask from anywhere. */
export function openResources(place: Place): Resource {
  return (path, methods) =>
    register(place, path, (request, params) => handle(request, params, methods))
}

/** Paths of the button: only from the shop's origins. */
export function shopResources(place: Place, origins: readonly string[]): Resource {
  const readable = corsHeaders(origins)
  return (path, methods, isForServers = () => false) => {
    const work: Handler = (request, params) => {
      const isPreflight =
        request.method === 'OPTIONS' &&
        request.header('access-control-request-method') !== undefined
      return isPreflight
        ? preflight(request, origins)
        : handle(request, params, methods, () => checkOrigin(request, origins))
    }
    register(place, path, work, (request) =>
      isForServers(request) ? UNREADABLE : readable(request),
    )
  }
}

/** @param headers that every answer of the path has, whatever came of the request. */
function register(
  { routes, base, log }: Place,
  path: string,
  work: Handler,
  headers?: (request: HttpRequest) => Answer['headers'],
): void {
  const route = base + path
  routes.add(route, (request, params) => {
    const more = headers?.(request)
    const complete = (answer: Answer) => (more ? withHeaders(answer, more) : answer)
    const fail = (error: unknown) =>
      complete(problem(toProblem(error, { method: request.method, route }, log)))
    try {
      const answer = work(request, params)
      return answer instanceof Promise ? answer.then(complete, fail) : complete(answer)
    } catch (error) {
      return fail(error)
    }
  })
}

/** @param check looks at a request whose method there is, before it is handled. */
function handle(
  request: HttpRequest,
  params: Params,
  methods: Methods,
  check = () => {},
): Promise<Answer> | Answer {
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const handler = Object.hasOwn(methods, method) && methods[method as keyof Methods]
  if (!handler) return notAllowed(methods)
  check()
  return handler(request, params)
}

function notAllowed(methods: object): Answer {
  const allow = Object.keys(methods).join(', ')
  return withHeaders(problem(new ProblemError('method-not-allowed')), { allow })
}

/** Whatever was thrown, as a problem; what is not of the contract's making is logged. */
function toProblem(
  error: unknown,
  where: { method: string; route: string },
  log: Logger,
): ProblemError {
  if (error instanceof ProblemError) return error
  log.error({ ...where, error: errorName(error) }, 'request failed')
  return new ProblemError(error instanceof StoreUnavailableError ? 'store-unavailable' : 'internal')
}
