import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { SandboxContext } from '../core/answer-fault.js'
import type { Order } from '../core/order.js'
import { serveCall } from '../core/serve-call.js'
import { type Answer, accepted, INVENTED_CODE, Refusal, refused } from './answer.js'
import { spoil, type VexoraAnswerFault } from './answer-fault.js'
import { type CheckoutDesk, takeOrder } from './checkout.js'
import { CODE_OF, MESSAGE_OF } from './notification.js'
import { findOrder } from './query.js'
import { type RequestRules, readRequest, type SignedRequest } from './request.js'

export type VexoraEndpoint = 'checkout' | 'query'

export interface ApiOptions {
  rules: RequestRules
  desk: CheckoutDesk
  cashierPath: string
  nextFault: (endpoint: VexoraEndpoint) => VexoraAnswerFault | undefined
  now: () => number
  closed: AbortSignal
  /** Told of every call as it arrives, before any fault strikes. */
  onCall: (endpoint: VexoraEndpoint) => void
}

const BODY_LIMIT = 64 * 1024

/** The two calls of one area, mounted at its base path. */
export function createApi(options: ApiOptions): Hono<{ Bindings: HttpBindings }> {
  const { rules, desk, cashierPath, nextFault, now, closed } = options

  function serve(
    c: SandboxContext,
    endpoint: VexoraEndpoint,
    answerTo: (request: SignedRequest) => Answer,
  ): Promise<Response> {
    options.onCall(endpoint)
    return serveCall(c, {
      fault: nextFault(endpoint),
      answer: async () => {
        try {
          return answerTo(await readRequest(c, rules))
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          return refused(now(), INVENTED_CODE[error.reason], error.message)
        }
      },
      ignored: () => refused(now(), INVENTED_CODE.unreadable, 'not read, by a fault switch'),
      spoil,
      closed,
    })
  }

  const api = new Hono<{ Bindings: HttpBindings }>()
  api.use(bodyLimit({ maxSize: BODY_LIMIT }))
  api.post('/v1/vexora/checkout', (c) =>
    serve(c, 'checkout', (request) => {
      const order = takeOrder(request, desk)
      const { namesTradeNo, desc } = desk.area.answer
      const { tradeNo, ...numbers } = numbersOf(order)
      return accepted(now(), {
        ...(namesTradeNo && { tradeNo }),
        ...numbers,
        desc,
        remark: order.fields.remark ?? '',
        paymentUrl: new URL(`${cashierPath}?data=${order.cashierToken}`, c.req.url).href,
      })
    }),
  )
  api.post('/v1/vexora/queryPayInResult', (c) =>
    serve(c, 'query', (request) => {
      const order = findOrder(request, desk.book)
      return accepted(now(), {
        ...numbersOf(order),
        amount: order.paidAmount ?? order.amount,
        message: MESSAGE_OF[order.status],
      })
    }),
  )
  return api
}

function numbersOf({ tradeNo, providerReference, status }: Order) {
  return { tradeNo, platFormTradeNo: providerReference, status: CODE_OF[status] }
}
