import { createHmac, randomBytes } from 'node:crypto'
import { sign } from '../../../demo/sandbox/vexora/signature.js'
import type { Noted } from '../servers/provider.js'
import { http } from './connection.js'

/** A payment as its page knows it. */
export interface Made {
  id: string
  order: string
}

const AMOUNT = { value: '12', currency: 'USD' }
const DAY = 86_400
const HEADER = encode({ alg: 'HS256', typ: 'pay-order+jwt' })

/** Somebody's first request to pay an order of their own. */
export function checkout(orderSecret: string): Buffer {
  const order = randomBytes(9).toString('hex')
  return http('POST', '/payments', {
    headers: { 'idempotency-key': randomBytes(16).toString('base64url') },
    body: JSON.stringify({
      order: orderToken(order, orderSecret),
      channel: 'vexora-card:CARD',
      amount: AMOUNT,
      payer: { mobile: '+918234567890', email: 'somebody@example.com' },
      presentation: 'popup',
    }),
  })
}

/** What a page asks that watches: answered at once, because this version is over. */
export function statusRead({ id }: Made): Buffer {
  return http('GET', `/payments/${id}?wait=25&version=0`)
}

/** What a page asks that waits: 2 is the version of a payment whose cashier is ready. */
export function wait({ id }: Made): Buffer {
  return http('GET', `/payments/${id}?wait=25&version=2`)
}

/** What a page asks that has no way to wait. */
export function poll({ id }: Made): Buffer {
  return http('GET', `/payments/${id}`)
}

/** The provider's word that all was paid, signed as it signs. */
export function notification({ tradeNo, reference }: Noted, appSecret: string): Buffer {
  const fields = {
    platFormTradeNo: reference,
    tradeNo,
    amount: '12.00',
    status: '0000',
    message: 'Success',
    timestamp: String(Date.now()),
  }
  return http('POST', '/notifications/vexora-card', {
    body: JSON.stringify({ ...fields, sign: sign(fields, appSecret) }),
  })
}

/** As `signOrder` does it, without its cost: the client prepares many thousands. */
function orderToken(id: string, secret: string): string {
  const iat = Math.floor(Date.now() / 1000)
  const order = { id, amount: AMOUNT, description: 'One of many' }
  const signed = `${HEADER}.${encode({ aud: 'pay-button', iat, exp: iat + DAY, order })}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
