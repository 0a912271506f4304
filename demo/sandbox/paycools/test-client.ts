import type { Sandbox } from '../index.js'
import { sign } from './signature.js'

/** What PayCools' answers hold, as far as the tests look. */
export interface TestAnswer {
  code: number
  message: string
  data: {
    transactionId: string
    transactionStatus: string
    transactionReturnTime: string | null
    paymentCode: Record<string, string | null>
  } | null
}

export const CODE_PATH = '/open-api/dynamic/payment/code'
export const CHECK_PATH = `${CODE_PATH}/check`

let numbers = 0

/** A `param` that nothing is wrong with; `undefined` leaves a field out. */
export function codeParam(changes: Record<string, unknown> = {}): Record<string, unknown> {
  numbers += 1
  return {
    mchOrderId: `TestMchOrderIdP${String(numbers).padStart(4, '0')}`,
    amount: 10000,
    email: 'test@123.com',
    customerName: 'test',
    remark: 'A-1001',
    notifyUrl: 'http://127.0.0.1:9/notify',
    channelCode: 'ALFAMART_VA',
    timestamp: Date.now(),
    ...changes,
  }
}

/** Posts a body as it is. */
export async function post(sandbox: Sandbox, path: string, body: string): Promise<TestAnswer> {
  const response = await fetch(sandbox.paycools.baseUrl + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  })
  return (await response.json()) as TestAnswer
}

/** Signs and posts. */
export function call(
  sandbox: Sandbox,
  path: string,
  fields: Record<string, unknown>,
): Promise<TestAnswer> {
  const { appId, privateKey, signAlgorithm } = sandbox.paycools
  const param = JSON.stringify(fields)
  const signature = sign(param, privateKey, signAlgorithm)
  return post(sandbox, path, JSON.stringify({ appId, param, sign: signature }))
}

export function createCode(
  sandbox: Sandbox,
  changes?: Record<string, unknown>,
): Promise<TestAnswer> {
  return call(sandbox, CODE_PATH, codeParam(changes))
}

export function check(sandbox: Sandbox, mchOrderId: unknown): Promise<TestAnswer> {
  return call(sandbox, CHECK_PATH, { mchOrderId, timestamp: Date.now() })
}
