import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type * as z from 'zod'
import type { SandboxContext } from '../core/answer-fault.js'
import type { Order } from '../core/order.js'
import { serveCall } from '../core/serve-call.js'
import { accepted, CODE, Refusal, refused } from './answer.js'
import { type PayCoolsAnswerFault, spoil } from './answer-fault.js'
import { checkSchema, codeData, findOrder } from './check-code.js'
import { type CodeDesk, codeSchema, createCode } from './create-code.js'
import { type RequestRules, readParam } from './request.js'

export type PayCoolsEndpoint = 'code' | 'code-check'

export interface ApiOptions {
  rules: RequestRules
  desk: CodeDesk
  nextFault: (endpoint: PayCoolsEndpoint) => PayCoolsAnswerFault | undefined
  closed: AbortSignal
  /** Told of every call as it arrives, before any fault strikes. */
  onCall: (endpoint: PayCoolsEndpoint) => void
}

const BODY_LIMIT = 64 * 1024

/** The two calls, mounted at the base path. */
export function createApi(options: ApiOptions): Hono<{ Bindings: HttpBindings }> {
  const { rules, desk, nextFault, closed } = options

  function serve<T extends { timestamp: number }>(
    c: SandboxContext,
    endpoint: PayCoolsEndpoint,
    schema: z.ZodType<T>,
    orderOf: (param: T) => Order,
  ): Promise<Response> {
    options.onCall(endpoint)
    return serveCall(c, {
      fault: nextFault(endpoint),
      answer: async () => {
        try {
          return accepted(codeData(orderOf(await readParam(c, schema, rules))))
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          return refused(CODE[error.reason], error.message)
        }
      },
      ignored: () => refused(CODE.parameter, 'not read, by a fault switch'),
      spoil,
      closed,
    })
  }

  const api = new Hono<{ Bindings: HttpBindings }>()
  const limit = bodyLimit({ maxSize: BODY_LIMIT })
  api.post('/open-api/dynamic/payment/code', limit, (c) =>
    serve(c, 'code', codeSchema, (param) => createCode(param, desk)),
  )
  api.post('/open-api/dynamic/payment/code/check', limit, (c) =>
    serve(c, 'code-check', checkSchema, ({ mchOrderId }) =>
      findOrder(mchOrderId, desk.provider, desk.book),
    ),
  )
  return api
}
