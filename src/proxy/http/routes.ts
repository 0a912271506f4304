import { RegExpRouter } from 'hono/router/reg-exp-router'
import { tryDecodeURIComponent } from 'hono/utils/url'
import type { Answer } from './answer.js'
import type { HttpRequest } from './http-request.js'

/** What a path holds where its pattern has a name. */
export type Params = Readonly<Record<string, string>>

export type Handler = (request: HttpRequest, params: Params) => Promise<Answer> | Answer

/** Which handler has which paths, in any method. */
export class Routes {
  readonly #router = new RegExpRouter<Handler>()

  /** @param pattern `/payments/:id` */
  add(pattern: string, handler: Handler): void {
    this.#router.add('ALL', pattern, handler)
  }

  /** @returns `undefined` where there is no such path. */
  answer(request: HttpRequest, path: string): Promise<Answer> | Answer | undefined {
    const [[found], values = []] = this.#router.match('ALL', path)
    if (!found) return undefined
    const [handler, places] = found
    const params: Record<string, string> = {}
    for (const [name, place] of Object.entries(places)) {
      params[name] = tryDecodeURIComponent(String(values[Number(place)]))
    }
    return handler(request, params)
  }
}
