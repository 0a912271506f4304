import type { Database } from 'pay-button-proxy'

type Statement = Parameters<Database['write']>[0][number]

/** Rows of one commit. */
const AT_ONCE = 25_000
/** Of all stored payments so many still wait for their payers: what a shop has open does not grow. */
export const OPEN = 20
const DAY = 86_400_000

/** What is stored of the payment with this number. Each is of an order of its own. */
export function stored(number: number): { id: string; order: string } {
  const digits = String(FIRST + number)
  return { id: `pay_${digits}`, order: `B-${digits}` }
}

/** Numbers of one length sort as they count, in every database. */
const FIRST = 10_000_000

/**
 * Fills an empty database with payments as years of a shop leave them: nearly all settled, one in
 * twenty failed, one in a hundred under another payer's address of today, the newest ones open.
 */
export async function store(database: Database, payments: number): Promise<void> {
  const same = {
    now_then: Date.now(),
    later: Date.now() + DAY,
    channel: 'vexora-taiwan:NET_BANKING',
  }
  for (let from = 1; from <= payments; from += AT_ONCE) {
    const to = Math.min(payments, from + AT_ONCE - 1)
    const params = { from_number: from, to_number: to, open_from: payments - OPEN, ...same }
    const numbers = `WITH RECURSIVE numbers(n) AS (SELECT CAST(:from_number AS BIGINT)
      UNION ALL SELECT n + 1 FROM numbers WHERE n < CAST(:to_number AS BIGINT))`
    await database.write(
      ROWS.map(([into, select]): Statement => ({ sql: `${into} ${numbers} ${select}`, params })),
    )
  }
  // Postgres does this by itself, a minute later.
  if (!database.exclusive)
    await database.write(TABLES.map((table) => ({ sql: `ANALYZE ${table}` })))
}

const TABLES = ['payments', 'payment_changes', 'order_locks', 'ip_days']
const NUMBER = `CAST(${FIRST} + n AS TEXT)`
const IS_OPEN = 'n > CAST(:open_from AS BIGINT)'
const IS_FAILED = 'n % 20 = 0'
const MADE = 'CAST(:now_then AS BIGINT) - 60000'
const LATER = 'CAST(:later AS BIGINT)'

const ROWS: readonly (readonly [into: string, select: string])[] = [
  [
    `INSERT INTO payments (id, idempotency_key, fingerprint, order_id, provider, channel, amount,
      currency, status, rank, version, test, trade_no, provider_reference, next, settled_order,
      query_plan, query_step, query_at, expires_at, grace_until, created_at, updated_at)`,
    `SELECT 'pay_' || ${NUMBER}, 'key_' || ${NUMBER}, 'fingerprint', 'B-' || ${NUMBER},
      'vexora-taiwan', CAST(:channel AS TEXT), 30000, 'TWD',
      CASE WHEN ${IS_OPEN} THEN 'requires_action' WHEN ${IS_FAILED} THEN 'failed'
        ELSE 'succeeded' END,
      CASE WHEN ${IS_OPEN} THEN 40 WHEN ${IS_FAILED} THEN 62 ELSE 90 END,
      CASE WHEN ${IS_OPEN} THEN 2 ELSE 3 END, 1, 'T' || ${NUMBER}, 'P' || ${NUMBER},
      '{"type":"redirect","url":"https://cashier.example/pay"}',
      CASE WHEN ${IS_OPEN} OR ${IS_FAILED} THEN NULL ELSE 'B-' || ${NUMBER} END,
      'open', 1, CASE WHEN ${IS_OPEN} THEN ${LATER} ELSE NULL END,
      ${LATER}, ${LATER}, ${MADE}, ${MADE} FROM numbers`,
  ],
  [
    `INSERT INTO payment_changes (payment_id, version, changed_at, source, status, rank)`,
    `SELECT 'pay_' || ${NUMBER}, 2, ${MADE}, 'create-answer', 'requires_action', 40 FROM numbers`,
  ],
  ['INSERT INTO order_locks (order_id, taken)', `SELECT 'B-' || ${NUMBER}, 1 FROM numbers`],
  [
    'INSERT INTO ip_days (ip_key, calls, successes, forget_at)',
    `SELECT 'ip_' || ${NUMBER}, 1, 1, ${LATER} FROM numbers WHERE n % 100 = 0`,
  ],
]
