import type { Sandbox } from '../index.js'
import { sign } from './signature.js'

/** What ChingChingPay's answers hold, as far as the tests look. */
export interface TestAnswer {
  code: number
  message: string
  data: Record<string, string | number> | null
}

export const LINK_PATH = '/api/v1/payments/link'
export const QUERY_PATH = '/api/v1/payments/transactions/query'

let numbers = 0

/** The fields of a link that nothing is wrong with; `undefined` leaves one out. */
export function linkFields(changes: Record<string, unknown> = {}): Record<string, unknown> {
  numbers += 1
  return {
    amount: 12050,
    currency: 'HKD',
    merchant_id: 'sandbox-merchant',
    merchant_reference: `ref-${numbers}`,
    callback_url: 'http://127.0.0.1:9/callback',
    complete_url: 'http://127.0.0.1:9/complete',
    cancel_url: 'http://127.0.0.1:9/cancel',
    ...changes,
  }
}

/** Posts a body as it is. */
export async function post(
  sandbox: Sandbox,
  path: string,
  body: string,
  headers: Record<string, string>,
): Promise<TestAnswer> {
  const response = await fetch(sandbox.chingchingpay.baseUrl + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body,
  })
  return (await response.json()) as TestAnswer
}

/** Signs and posts. */
export function call(sandbox: Sandbox, path: string, fields: unknown): Promise<TestAnswer> {
  const { apiKey, apiSecret } = sandbox.chingchingpay
  const body = JSON.stringify(fields)
  return post(sandbox, path, body, { 'x-api-key': apiKey, 'x-signature': sign(body, apiSecret) })
}

export function createLink(
  sandbox: Sandbox,
  changes?: Record<string, unknown>,
): Promise<TestAnswer> {
  return call(sandbox, LINK_PATH, linkFields(changes))
}

export function query(sandbox: Sandbox, fields: Record<string, unknown>): Promise<TestAnswer> {
  return call(sandbox, QUERY_PATH, fields)
}
