import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type * as z from 'zod'
import type { SandboxContext } from '../core/answer-fault.js'
import { serveCall } from '../core/serve-call.js'
import { type Answer, accepted, INVENTED_CODE, Refusal, refused } from './answer.js'
import { type ChingChingPayAnswerFault, spoil } from './answer-fault.js'
import { createLink, type LinkDesk, linkSchema } from './create-link.js'
import { findTransaction, querySchema, transactionData } from './query.js'
import { type Credentials, readRequest } from './request.js'

export type ChingChingPayEndpoint = 'link' | 'link-query'

export interface ApiOptions {
  credentials: Credentials
  desk: LinkDesk
  cashierPath: string
  nextFault: (endpoint: ChingChingPayEndpoint) => ChingChingPayAnswerFault | undefined
  closed: AbortSignal
  /** Told of every call as it arrives, before any fault strikes. */
  onCall: (endpoint: ChingChingPayEndpoint) => void
}

const BODY_LIMIT = 64 * 1024

/** The two calls, mounted at the base path. */
export function createApi(options: ApiOptions): Hono<{ Bindings: HttpBindings }> {
  const { credentials, desk, cashierPath, nextFault, closed } = options

  function serve<T>(
    c: SandboxContext,
    endpoint: ChingChingPayEndpoint,
    schema: z.ZodType<T>,
    dataOf: (fields: T) => Answer['data'],
  ): Promise<Response> {
    options.onCall(endpoint)
    return serveCall(c, {
      fault: nextFault(endpoint),
      answer: async () => {
        try {
          return accepted(dataOf(await readRequest(c, schema, credentials)))
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          return refused(INVENTED_CODE[error.reason], error.message)
        }
      },
      ignored: () => refused(INVENTED_CODE.badField, 'not read, by a fault switch'),
      spoil,
      closed,
    })
  }

  const api = new Hono<{ Bindings: HttpBindings }>()
  api.use(bodyLimit({ maxSize: BODY_LIMIT }))
  api.post('/api/v1/payments/link', (c) =>
    serve(c, 'link', linkSchema, (fields) => {
      const order = createLink(fields, desk)
      return {
        merchant_reference: order.tradeNo,
        payment_id: order.providerReference,
        payment_link: new URL(`${cashierPath}?data=${order.cashierToken}`, c.req.url).href,
        status: 'created',
      }
    }),
  )
  api.post('/api/v1/payments/transactions/query', (c) =>
    serve(c, 'link-query', querySchema, (query) =>
      transactionData(findTransaction(query, desk.provider, desk.book)),
    ),
  )
  return api
}
