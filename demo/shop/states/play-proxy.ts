import { type Context, Hono } from 'hono'
import type { Offer } from './offers.js'
import { NOW, type Problem, STATES, type State, type StatePayment } from './states.js'

/** Answers as the proxy does, for an order that is the name of a state. */
export function playProxy(): Hono {
  const proxy = new Hono()

  proxy.get('/orders/:state', async (c) => {
    const name = c.req.param('state')
    const offer = STATES.get(name)?.offer
    if (!offer) return forever(c)
    return isProblem(offer) ? refuse(c, offer) : c.json(offerOf(name, offer))
  })

  proxy.post('/payments', async (c) => {
    const { order, channel } = await c.req.json<{ order: string; channel: string }>()
    const state = STATES.get(order)
    if (!state?.answer) return forever(c)
    return isProblem(state.answer)
      ? refuse(c, state.answer)
      : c.json(paymentOf(order, state, state.answer, channel), 201)
  })

  proxy.get('/payments/:state', async (c) => {
    const name = c.req.param('state')
    const state = STATES.get(name)
    // Nothing ever changes: whoever knows the payment waits.
    if (!state?.payment || c.req.query('version')) return forever(c)
    return c.json(paymentOf(name, state, state.payment, 'vexora-taiwan:EWALLET'))
  })

  return proxy
}

function isProblem(answer: Offer | StatePayment | Problem): answer is Problem {
  return 'problem' in answer
}

function offerOf(order: string, offer: Offer): object {
  return { order, paid: false, ...offer }
}

function paymentOf(order: string, { offer }: State, payment: StatePayment, channel: string) {
  const amount = offer && 'amount' in offer ? offer.amount : undefined
  const times = { createdAt: NOW, updatedAt: NOW, now: NOW }
  return { id: order, order, channel, amount, version: 1, next: null, ...times, ...payment }
}

function refuse(c: Context, { problem: { status, ...more } }: Problem): Response {
  return c.body(JSON.stringify({ title: more.code, status, ...more }), status as 400, {
    'Content-Type': 'application/problem+json',
  })
}

/** Until the page goes. */
function forever(c: Context): Promise<Response> {
  const { signal } = c.req.raw
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(c.body(null, 204)))
  })
}
