import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Sandbox } from './index.js'
import { sign } from './vexora/signature.js'

/** What Vexora's answers hold, as far as the tests look. */
export interface TestAnswer {
  msg: string
  code: string
  timestamp: unknown
  success: unknown
  data: Record<string, string> | null
}

/** A shop's server for the tests: it hears notifications and counts visits to its return page. */
export interface TestMerchant {
  notifyUrl: string
  returnUrl: string
  /** Bodies and times of arrival, ms since the epoch. */
  heard: { body: string; at: number }[]
  close(): Promise<void>
}

/** Replies in turn; the last one repeats. */
export async function startMerchant(...replies: { status?: number; body: string; ms?: number }[]) {
  const heard: TestMerchant['heard'] = []
  const server = createServer(async (request, response) => {
    const chunks: string[] = []
    for await (const chunk of request.setEncoding('utf8')) chunks.push(String(chunk))
    if (request.method === 'GET') return response.end('back at the shop')
    const { status = 200, body, ms = 0 } = replies[heard.length] ?? replies.at(-1) ?? { body: 'OK' }
    heard.push({ body: chunks.join(''), at: Date.now() })
    setTimeout(() => response.writeHead(status, { Location: '/elsewhere' }).end(body), ms)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    notifyUrl: `${origin}/notify`,
    returnUrl: `${origin}/return`,
    heard,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  } satisfies TestMerchant
}

let numbers = 0

/** The fields of a checkout that nothing is wrong with; `undefined` leaves one out. */
export function checkoutFields(
  changes: Record<string, string | undefined> = {},
): Record<string, string> {
  numbers += 1
  const fields = {
    timestamp: String(Date.now()),
    tradeNo: `test_${numbers}`,
    amount: '300',
    mobile: '0912345678',
    firstname: '小明',
    lastname: '王',
    email: '123@gmail.com',
    channelCode: 'EWALLET',
    wayCode: 'SANDBOX_WALLET',
    ipAddress: '192.0.2.1',
    notifyUrl: 'http://127.0.0.1:9/notify',
    returnUrl: 'http://127.0.0.1:9/return',
    remark: 'A-1001',
    ...changes,
  }
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

/** Posts a body as it is. */
export function post(
  sandbox: Sandbox,
  path: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${sandbox.vexoraTaiwan.baseUrl}/v1/vexora/${path}`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      'Content-Type': 'application/json',
      merchantNo: sandbox.vexoraTaiwan.merchantNo,
      ...headers,
    },
    body,
  })
}

/** Signs and posts. */
export function call(
  sandbox: Sandbox,
  path: 'checkout' | 'queryPayInResult',
  fields: Record<string, string>,
): Promise<Response> {
  const signature = sign(fields, sandbox.vexoraTaiwan.appSecret)
  return post(sandbox, path, JSON.stringify({ ...fields, sign: signature }))
}

export async function checkout(
  sandbox: Sandbox,
  changes?: Record<string, string | undefined>,
): Promise<TestAnswer> {
  return (await (await call(sandbox, 'checkout', checkoutFields(changes))).json()) as TestAnswer
}

export async function query(
  sandbox: Sandbox,
  tradeNo: string,
  changes: Record<string, string> = {},
): Promise<TestAnswer> {
  const fields = { tradeNo, timestamp: String(Date.now()), ...changes }
  return (await (await call(sandbox, 'queryPayInResult', fields)).json()) as TestAnswer
}

/** Polls until `done` holds, 3 s at most. */
export async function until(done: () => boolean): Promise<void> {
  const deadline = Date.now() + 3000
  while (!done()) {
    if (Date.now() > deadline) throw new Error('it did not happen')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
