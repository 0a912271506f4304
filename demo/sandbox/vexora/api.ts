import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { type SandboxContext, sendAnswer } from '../core/answer-fault.js'
import type { FaultQueue, Times } from '../core/fault-queue.js'
import type { Order } from '../core/order.js'
import { type Answer, accepted, INVENTED_CODE, Refusal, refused } from './answer.js'
import { spoil, takesEffect, type VexoraAnswerFault } from './answer-fault.js'
import { type CheckoutDesk, takeOrder } from './checkout.js'
import { CODE_OF, MESSAGE_OF } from './notification.js'
import { findOrder } from './query.js'
import { type RequestRules, readRequest, type SignedRequest } from './request.js'

export type Endpoint = 'checkout' | 'query'
export type QueuedAnswerFault = { endpoint: Endpoint } & VexoraAnswerFault & Times

export interface ApiOptions {
  rules: RequestRules
  desk: CheckoutDesk
  cashierPath: string
  faults: FaultQueue<QueuedAnswerFault>
  now: () => number
  closed: AbortSignal
  /** Told of every call as it arrives, before any fault strikes. */
  onCall: (endpoint: Endpoint) => void
}

const BODY_LIMIT = 64 * 1024

/** The two calls of one area, mounted at its base path. */
export function createApi(options: ApiOptions): Hono<{ Bindings: HttpBindings }> {
  const { rules, desk, cashierPath, faults, now, closed } = options

  async function answerCall(
    c: SandboxContext,
    answerTo: (request: SignedRequest) => Answer,
  ): Promise<Answer> {
    try {
      return answerTo(await readRequest(c, rules))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return refused(now(), INVENTED_CODE[error.reason], error.message)
    }
  }

  async function serve(
    c: SandboxContext,
    endpoint: Endpoint,
    answerTo: (request: SignedRequest) => Answer,
  ): Promise<Response> {
    options.onCall(endpoint)
    const fault = faults.next(endpoint)
    const right = takesEffect(fault)
      ? await answerCall(c, answerTo)
      : refused(now(), INVENTED_CODE.unreadable, 'not read, by a fault switch')
    const { answer, transport } = spoil(right, fault)
    return sendAnswer(c, answer, transport, closed)
  }

  const api = new Hono<{ Bindings: HttpBindings }>()
  api.use(bodyLimit({ maxSize: BODY_LIMIT }))
  api.post('/v1/vexora/checkout', (c) =>
    serve(c, 'checkout', (request) => {
      const order = takeOrder(request, desk)
      const cashier = new URL(`${cashierPath}?data=${order.cashierToken}`, c.req.url)
      return accepted(now(), {
        ...numbersOf(order),
        desc: MESSAGE_OF[order.status],
        remark: order.fields.remark ?? '',
        paymentUrl: cashier.href,
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

function numbersOf({ tradeNo, platFormTradeNo, status }: Order): Record<string, string> {
  return { tradeNo, platFormTradeNo, status: CODE_OF[status] }
}
