import { Agent, createServer, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { type BareStatement, openBareStore } from './bare-store.js'

/**
 * The least that keeps a payment's promises: `node promises.js <port> <kind> <database> <provider>`
 * makes the same rows durable before the same calls and answers as the proxy does, in the same
 * tables. It checks, signs, compares and tells nothing, and believes everything.
 */
const [port, kind = '', databaseUrl = '', provider = ''] = process.argv.slice(2)
const store = await openBareStore(databaseUrl)
const agent = new Agent({ keepAlive: true })
const { hostname, port: providerPort } = new URL(provider)

/** Payments that are read, or told of again and again. */
const STORED = 1_000
const HOUR = 3_600_000

const INSERT = `INSERT INTO payments (id, idempotency_key, fingerprint, order_id, token_issued_at,
    provider, channel, amount, currency, status, rank, version, test, trade_no, lease_until,
    query_step, expires_at, grace_until, created_at, updated_at)
  VALUES (?, ?, ?, ?, ?, 'vexora-card', 'vexora-card:CARD', 18800, 'HKD', 'created', 10, 1, 1, ?, ?,
    0, ?, ?, ?, ?)`
const SUBMIT = `UPDATE payments SET status = 'submitting', rank = 20, lease_until = ?
  WHERE id = ? AND rank < 20`
const ACCEPT = `UPDATE payments SET status = 'requires_action', rank = 40, next = ?,
    provider_reference = ?, version = 2, query_plan = 'open', query_at = ?, updated_at = ?
  WHERE id = ? AND rank < 40`
const SUCCEED = `UPDATE payments SET status = 'succeeded', rank = 90, version = ?,
    settled_order = order_id, query_at = NULL, debt_version = ?, debt_type = 'payment.succeeded',
    debt_tries = 0, debt_at = ?, debt_since = ?, updated_at = ?
  WHERE id = ?`
const RECORD = `INSERT INTO payment_changes (payment_id, version, changed_at, source, status, rank)
  VALUES (?, ?, ?, ?, ?, ?)`
const READ = `SELECT id, order_id, channel, amount, currency, status, reason, received, version, next,
    created_at, updated_at, returned_at, test
  FROM payments WHERE id = ?`

const idOf = (number: number) => `pay_${String(number).padStart(26, '0')}`

function insertion(number: number, now: number): BareStatement {
  const fingerprint = 'f'.repeat(43)
  const facts = [idOf(number), `key-${number}-0123456789ab`, fingerprint, `order-${number}`]
  const issuedAt = Math.floor(now / 1000)
  const tradeNo = `20261130${String(number).padStart(20, '0')}`
  const times = [now + 30_000, now + HOUR, now + 2 * HOUR, now, now]
  return [INSERT, [...facts, issuedAt, tradeNo, ...times]]
}

let count = 0
const versions = new Uint32Array(STORED).fill(1)

async function checkout(incoming: IncomingMessage): Promise<string> {
  const body = await text(incoming)
  const now = Date.now()
  const number = count
  count += 1
  const id = idOf(number)
  await store.write([insertion(number, now)])
  await store.write([[SUBMIT, [now + 30_000, id]]])
  const answer = await call(body)
  await store.write([
    [ACCEPT, [answer.slice(0, 80), `P${number}`, now + 15_000, now, id]],
    [RECORD, [id, 2, now, 'create-answer', 'requires_action', 40]],
  ])
  return answer
}

async function notification(incoming: IncomingMessage): Promise<string> {
  await text(incoming)
  const now = Date.now()
  const number = count % STORED
  count += 1
  const version = (versions[number] ?? 0) + 1
  versions[number] = version
  await store.write([
    [SUCCEED, [version, version, now, now, now, idOf(number)]],
    [RECORD, [idOf(number), version, now, 'notification', 'succeeded', 90]],
  ])
  return 'OK'
}

async function status(incoming: IncomingMessage): Promise<string> {
  incoming.resume()
  count += 1
  return JSON.stringify(await store.read([READ, [idOf(count % STORED)]]))
}

function call(body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length }
    const options = {
      agent,
      host: hostname,
      port: providerPort,
      method: 'POST',
      path: '/',
      headers,
    }
    request(options, (answer) => text(answer).then(resolve, reject))
      .once('error', reject)
      .end(body)
  })
}

const KINDS = { checkout, notification, status }

if (kind !== 'checkout') {
  for (let number = 0; number < STORED; number += 1) {
    await store.write([insertion(number, Date.now())])
  }
}
createServer((incoming, response) => {
  void KINDS[kind as keyof typeof KINDS](incoming).then((answer) => {
    const head = { 'content-type': 'application/json', 'content-length': answer.length }
    response.writeHead(200, head).end(answer)
  })
}).listen(Number(port), '127.0.0.1')
