import type { Next, PaymentReason, PaymentStatus } from '../../contract/payment.js'
import type { Database, Statement, Written } from '../store/database.js'
import { LIMITS } from './limits.js'
import type { QueryPlan } from './query-schedule.js'
import { type PaymentRecord, toRecord } from './record.js'
import { CLOSED_RANK, type InternalStatus, RANKS, rankOf, SETTLED_RANK } from './status.js'

/** A row to be: what is known of a payment before its provider is called. */
export type NewPayment = Pick<
  PaymentRecord,
  | 'id'
  | 'idempotencyKey'
  | 'fingerprint'
  | 'orderId'
  | 'provider'
  | 'channel'
  | 'way'
  | 'amount'
  | 'currency'
  | 'test'
  | 'tradeNo'
  | 'returnTo'
> & {
  /** Seconds since the epoch (`iat`), where the order came as a token. */
  tokenIssuedAt: number | null
  /** Milliseconds from now. */
  lifetime: number
  grace: number
}

/** A rise in rank. What is left out stays as it is. */
export interface Move {
  status: InternalStatus
  reason?: PaymentReason
  received?: bigint
  providerReference?: string | undefined
  /** Starts a plan of queries anew, its first one after `gap` milliseconds; `null` ends them. */
  queries?: { plan: QueryPlan; gap: number } | null
}

export interface OrderState {
  paid: boolean
  locked: boolean
  /** Open or all payments are as many as one order may have. */
  full: boolean
}

/** One payer's address at one merchant number on one day. */
export interface IpSlot {
  key: string
  payments: number
  successes: number
  /** When the count may be forgotten, milliseconds since the epoch. */
  forgetAt: number
}

const LOCKS = `(status IN ('created', 'submitting', 'processing', 'needs_review')
  OR (status = 'unknown' AND created_at > :now - ${LIMITS.unknownLocks}))`

/** Everything that is ever asked of the store about payments, in one SQL text for every database. */
export class PaymentStore {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  async byId(id: string): Promise<PaymentRecord | undefined> {
    return this.#one('SELECT * FROM payments WHERE id = :id', { id })
  }

  async byKey(key: string): Promise<PaymentRecord | undefined> {
    return this.#one('SELECT * FROM payments WHERE idempotency_key = :key', { key })
  }

  async byTradeNo(provider: string, tradeNo: string): Promise<PaymentRecord | undefined> {
    return this.#one('SELECT * FROM payments WHERE trade_no = :trade_no AND provider = :provider', {
      trade_no: tradeNo,
      provider,
    })
  }

  async orderState(orderId: string): Promise<OrderState> {
    const [row] = await this.#db.read(
      `SELECT count(*) AS total,
        coalesce(sum(CASE WHEN rank < ${CLOSED_RANK} THEN 1 ELSE 0 END), 0) AS open,
        coalesce(max(CASE WHEN rank = ${SETTLED_RANK} THEN 1 ELSE 0 END), 0) AS paid,
        coalesce(max(CASE WHEN ${LOCKS} THEN 1 ELSE 0 END), 0) AS locked
      FROM payments WHERE order_id = :order_id`,
      { order_id: orderId },
    )
    return {
      paid: Number(row?.paid) === 1,
      locked: Number(row?.locked) === 1,
      full: Number(row?.open) >= LIMITS.openPayments || Number(row?.total) >= LIMITS.allPayments,
    }
  }

  /** The amount that the newest token among the order's payments stood for. */
  async newestToken(
    orderId: string,
  ): Promise<{ issuedAt: number; amount: bigint; currency: string } | undefined> {
    const [row] = await this.#db.read(
      `SELECT token_issued_at, amount, currency FROM payments
      WHERE order_id = :order_id AND token_issued_at IS NOT NULL
      ORDER BY token_issued_at DESC LIMIT 1`,
      { order_id: orderId },
    )
    return row
      ? {
          issuedAt: Number(row.token_issued_at),
          amount: BigInt(row.amount ?? 0),
          currency: String(row.currency),
        }
      : undefined
  }

  /**
   * Writes the row of a payment before anything is sent, unless its key is taken or its order may
   * have no further payment: then `undefined`.
   */
  async insert(payment: NewPayment): Promise<PaymentRecord | undefined> {
    const written = await this.#db.write([
      {
        sql: `INSERT INTO order_locks (order_id, taken) VALUES (:order_id, 1)
          ON CONFLICT (order_id) DO UPDATE SET taken = order_locks.taken + 1`,
        params: { order_id: payment.orderId },
      },
      {
        sql: `INSERT INTO payments (id, idempotency_key, fingerprint, order_id, token_issued_at,
            provider, channel, way, amount, currency, status, rank, version, test, trade_no,
            return_to, lease_until, query_step, expires_at, grace_until, created_at, updated_at)
          SELECT :id, :idempotency_key, :fingerprint, :order_id, :token_issued_at,
            :provider, :channel, :way, :amount, :currency, 'created', ${RANKS.created}, 1, :test,
            :trade_no, :return_to, :now + ${LIMITS.createLease}, 0, :now + :lifetime,
            :now + :lifetime + :grace, :now, :now
          WHERE NOT EXISTS (SELECT 1 FROM payments
              WHERE order_id = :order_id AND (rank = ${SETTLED_RANK} OR ${LOCKS}))
            AND (SELECT count(*) FROM payments
              WHERE order_id = :order_id AND rank < ${CLOSED_RANK}) < ${LIMITS.openPayments}
            AND (SELECT count(*) FROM payments WHERE order_id = :order_id) < ${LIMITS.allPayments}
          ON CONFLICT (idempotency_key) DO NOTHING
          RETURNING *`,
        params: {
          id: payment.id,
          idempotency_key: payment.idempotencyKey,
          fingerprint: payment.fingerprint,
          order_id: payment.orderId,
          token_issued_at: payment.tokenIssuedAt,
          provider: payment.provider,
          channel: payment.channel,
          way: payment.way,
          amount: Number(payment.amount),
          currency: payment.currency,
          test: payment.test ? 1 : 0,
          trade_no: payment.tradeNo,
          return_to: payment.returnTo,
          lifetime: payment.lifetime,
          grace: payment.grace,
        },
        required: true,
      },
    ])
    return firstRecord(written, 1)
  }

  /** Takes up a row whose process never came to call the provider; one taker wins. */
  async takeUp(id: string): Promise<PaymentRecord | undefined> {
    return this.#change({
      sql: `UPDATE payments SET lease_until = :now + ${LIMITS.createLease}
        WHERE id = :id AND status = 'created' AND lease_until <= :now RETURNING *`,
      params: { id },
    })
  }

  /** Forgets a row that no call was made for. */
  async discard(id: string): Promise<void> {
    await this.#db.write([
      {
        sql: `DELETE FROM payments WHERE id = :id AND status = 'created' RETURNING id`,
        params: { id },
        announce: true,
      },
    ])
  }

  /**
   * Marks that the call begins, and takes the payer's slot of the day in the same commit.
   * `ip-limit`: there was none. `lost`: somebody else moved the row.
   */
  async submit(id: string, slot: IpSlot | undefined): Promise<'submitted' | 'ip-limit' | 'lost'> {
    const statements: Statement[] = [
      {
        sql: `UPDATE payments SET status = 'submitting', rank = ${RANKS.submitting},
            lease_until = :now + ${LIMITS.createLease}, ip_key = :ip_key
          WHERE id = :id AND rank < ${RANKS.submitting} RETURNING id`,
        params: { id, ip_key: slot?.key ?? null },
        required: true,
      },
    ]
    if (slot) {
      statements.push({
        sql: `INSERT INTO ip_days (ip_key, calls, successes, forget_at)
          VALUES (:ip_key, 1, 0, :forget_at)
          ON CONFLICT (ip_key) DO UPDATE SET calls = ip_days.calls + 1
          WHERE ip_days.calls < :payments AND ip_days.successes < :successes
          RETURNING ip_key`,
        params: {
          ip_key: slot.key,
          forget_at: slot.forgetAt,
          payments: slot.payments,
          successes: slot.successes,
        },
        required: true,
      })
    }
    const written = await this.#db.write(statements)
    if ('rows' in written) return 'submitted'
    return written.refused === 0 ? 'lost' : 'ip-limit'
  }

  async ipDay(key: string): Promise<{ calls: number; successes: number }> {
    const [row] = await this.#db.read('SELECT * FROM ip_days WHERE ip_key = :ip_key', {
      ip_key: key,
    })
    return { calls: Number(row?.calls ?? 0), successes: Number(row?.successes ?? 0) }
  }

  /** Applies the provider's acceptance: the payer's next step is known. */
  async accept(
    id: string,
    found: { next: Next; providerReference?: string | undefined; expiresAt?: number | undefined },
    queries: { plan: QueryPlan; gap: number },
  ): Promise<void> {
    await this.#db.write([
      // Written once, whatever the rank: a late answer still brings its link. The version rises
      // here only where the rise in rank below does not raise it.
      {
        sql: `UPDATE payments SET
            version = version + CASE
              WHEN next IS NULL AND rank >= ${RANKS.requires_action} THEN 1 ELSE 0 END,
            next = coalesce(next, :next),
            provider_reference = coalesce(provider_reference, :provider_reference)
          WHERE id = :id AND rank < ${SETTLED_RANK} RETURNING id`,
        params: {
          id,
          next: JSON.stringify(found.next),
          provider_reference: found.providerReference ?? null,
        },
        announce: true,
      },
      ...(found.expiresAt === undefined ? [] : [expiry(id, found.expiresAt)]),
      rise(id, { status: 'requires_action', queries }),
    ])
  }

  /** @returns the payment where the move raised its rank. */
  async advance(payment: PaymentRecord, move: Move): Promise<PaymentRecord | undefined> {
    if (move.status === 'succeeded') return this.#succeed(payment, move)
    return this.#change(rise(payment.id, move))
  }

  /** The provider was never reached: the payment fails and its payer's slot is given back. */
  async unreachable(id: string): Promise<void> {
    await this.#db.write([
      {
        sql: `UPDATE ip_days SET calls = calls - 1 WHERE calls > 0 AND ip_key =
          (SELECT ip_key FROM payments WHERE id = :id AND rank = ${RANKS.submitting})`,
        params: { id },
      },
      rise(id, { status: 'failed', reason: 'unreachable', queries: null }),
    ])
  }

  /**
   * First success of its order or, by the unique index, a duplicate; its open siblings learn of it
   * in the same commit.
   */
  async #succeed(payment: PaymentRecord, move: Move): Promise<PaymentRecord | undefined> {
    const taken = `EXISTS (SELECT 1 FROM payments first WHERE first.settled_order = :order_id)`
    const written = await this.#db.write([
      {
        sql: `UPDATE payments SET status = 'succeeded', rank = ${SETTLED_RANK},
            reason = CASE WHEN ${taken} THEN 'duplicate' ELSE NULL END,
            settled_order = CASE WHEN ${taken} THEN NULL ELSE :order_id END,
            received = NULL,
            provider_reference = coalesce(provider_reference, :provider_reference),
            version = version + 1, updated_at = :now, query_at = NULL,
            ${debt(`CASE WHEN ${taken} THEN 'payment.duplicate' ELSE 'payment.succeeded' END`)}
          WHERE id = :id AND rank < ${SETTLED_RANK} RETURNING *`,
        params: {
          id: payment.id,
          order_id: payment.orderId,
          provider_reference: move.providerReference ?? null,
        },
        required: true,
        announce: true,
      },
      {
        sql: `UPDATE ip_days SET successes = successes + 1
          WHERE ip_key = (SELECT ip_key FROM payments WHERE id = :id)`,
        params: { id: payment.id },
      },
      {
        sql: `UPDATE payments SET reason = 'order-paid', version = version + 1, updated_at = :now
          WHERE order_id = :order_id AND id <> :id AND rank < ${CLOSED_RANK}
            AND (reason IS NULL OR reason <> 'order-paid') RETURNING id`,
        params: { id: payment.id, order_id: payment.orderId },
        announce: true,
      },
    ])
    return firstRecord(written, 0)
  }

  /** The payer came back. Moves no status; the first time it wakes who waits. */
  async returned(id: string): Promise<void> {
    await this.#db.write([
      {
        sql: `UPDATE payments SET returned_at = :now, version = version + 1, updated_at = :now
          WHERE id = :id AND returned_at IS NULL RETURNING id`,
        params: { id },
        announce: true,
      },
      bringForward(id),
    ])
  }

  /** Makes the next query of a payment due, to no more than one in 2 s. */
  async bringQueryForward(id: string): Promise<void> {
    await this.#db.write([bringForward(id)])
  }

  async dueQueries(limit: number): Promise<PaymentRecord[]> {
    return this.#many(
      `SELECT * FROM payments
      WHERE query_at <= :now AND rank < ${SETTLED_RANK}
        AND (query_lease_until IS NULL OR query_lease_until <= :now)
      ORDER BY query_at LIMIT :limit`,
      { limit },
    )
  }

  /**
   * Claims the due query of a payment for this process and plans the next one, `gap` milliseconds
   * on, but at the end of its lifetime if that comes first and none after its grace.
   */
  async claimQuery(id: string, gap: number): Promise<PaymentRecord | undefined> {
    return this.#change({
      sql: `UPDATE payments SET queried_at = :now, query_step = query_step + 1,
          query_lease_until = :now + ${LIMITS.queryLease},
          query_at = CASE
            WHEN :now >= grace_until THEN NULL
            WHEN :now < expires_at AND expires_at < :now + :gap THEN expires_at
            ELSE :now + :gap END
        WHERE id = :id AND query_at <= :now AND rank < ${SETTLED_RANK}
          AND (query_lease_until IS NULL OR query_lease_until <= :now)
        RETURNING *`,
      params: { id, gap },
    })
  }

  async releaseQuery(id: string): Promise<void> {
    await this.#db.write([
      { sql: 'UPDATE payments SET query_lease_until = NULL WHERE id = :id', params: { id } },
    ])
  }

  /** Open payments that only the clock can end: see `payments/clock.ts`. */
  async overdue(limit: number): Promise<PaymentRecord[]> {
    return this.#many(
      `SELECT * FROM payments WHERE rank < ${CLOSED_RANK} AND (
        (status = 'created' AND lease_until <= :now - ${LIMITS.abandonedAfterLease})
        OR (status = 'submitting' AND lease_until <= :now)
        OR grace_until <= :now)
      ORDER BY id LIMIT :limit`,
      { limit },
    )
  }

  /** An unknown outcome that is too old to lock its order keeps its status and says so. */
  async markUnknownOutcomes(): Promise<void> {
    await this.#db.write([
      {
        sql: `UPDATE payments SET reason = 'unknown-outcome', version = version + 1,
            updated_at = :now
          WHERE rank = ${RANKS.unknown} AND status = 'unknown' AND reason IS NULL
            AND created_at <= :now - ${LIMITS.unknownLocks} RETURNING id`,
        announce: true,
      },
    ])
  }

  /** Where no other process can be alive, whatever was in flight here has ended. */
  async endLeases(): Promise<void> {
    await this.#db.write([
      {
        sql: `UPDATE payments SET lease_until = :now
          WHERE rank <= ${RANKS.submitting} AND lease_until > :now`,
      },
      {
        sql: `UPDATE payments SET query_lease_until = NULL WHERE query_lease_until IS NOT NULL`,
      },
      { sql: `UPDATE payments SET debt_lease_until = NULL WHERE debt_lease_until IS NOT NULL` },
    ])
  }

  /** At start-up whatever the shop has not heard is due at once. */
  async hastenDebts(): Promise<void> {
    await this.#db.write([{ sql: 'UPDATE payments SET debt_at = :now WHERE debt_at > :now' }])
  }

  async dueDebts(limit: number): Promise<string[]> {
    const rows = await this.#db.read(
      `SELECT id FROM payments WHERE debt_at <= :now
        AND (debt_lease_until IS NULL OR debt_lease_until <= :now)
      ORDER BY debt_at LIMIT :limit`,
      { limit },
    )
    return rows.map((row) => String(row.id))
  }

  /** @param lease milliseconds, longer than one delivery may take. */
  async claimDebt(id: string, lease: number): Promise<PaymentRecord | undefined> {
    return this.#change({
      sql: `UPDATE payments SET debt_lease_until = :now + :lease WHERE id = :id AND debt_at <= :now
        AND (debt_lease_until IS NULL OR debt_lease_until <= :now) RETURNING *`,
      params: { id, lease },
    })
  }

  /** The shop heard of this version; a newer debt stays. */
  async clearDebt(id: string, version: number): Promise<void> {
    await this.#db.write([
      {
        sql: `UPDATE payments SET debt_version = NULL, debt_at = NULL
          WHERE id = :id AND debt_version = :version`,
        params: { id, version },
      },
      releaseDebt(id),
    ])
  }

  /** @param delay milliseconds until the next try; `null` gives up: the debt stays, undelivered. */
  async postponeDebt(id: string, version: number, delay: number | null): Promise<void> {
    await this.#db.write([
      {
        sql: `UPDATE payments SET debt_tries = debt_tries + 1,
          debt_at = ${delay === null ? 'NULL' : ':now + :delay'}
          WHERE id = :id AND debt_version = :version`,
        params: { id, version, ...(delay === null ? {} : { delay }) },
      },
      releaseDebt(id),
    ])
  }

  /** Newest first. `before`: the id of the last payment of the page before. */
  async list(filter: {
    order?: string | undefined
    status?: PaymentStatus | undefined
    before?: string | undefined
    limit: number
  }): Promise<PaymentRecord[]> {
    const where = ['1 = 1']
    if (filter.order !== undefined) where.push('order_id = :order_id')
    if (filter.before !== undefined) where.push('id < :before')
    if (filter.status === 'processing') {
      where.push(`status IN ('created', 'submitting', 'unknown', 'processing')`)
    } else if (filter.status !== undefined) where.push('status = :status')
    return this.#many(
      `SELECT * FROM payments WHERE ${where.join(' AND ')} ORDER BY id DESC LIMIT :limit`,
      {
        limit: filter.limit,
        order_id: filter.order ?? null,
        before: filter.before ?? null,
        status: filter.status ?? null,
      },
    )
  }

  async forgetOldIpDays(): Promise<void> {
    await this.#db.write([{ sql: 'DELETE FROM ip_days WHERE forget_at <= :now' }])
  }

  /** @throws {StoreUnavailableError} */
  async check(): Promise<void> {
    await this.#db.read('SELECT 1 AS ok')
  }

  async #one(sql: string, params: Record<string, string>): Promise<PaymentRecord | undefined> {
    const [row] = await this.#db.read(sql, params)
    return row && toRecord(row)
  }

  async #many(
    sql: string,
    params: Record<string, string | number | null>,
  ): Promise<PaymentRecord[]> {
    return (await this.#db.read(sql, params)).map(toRecord)
  }

  async #change(statement: Statement): Promise<PaymentRecord | undefined> {
    return firstRecord(await this.#db.write([{ ...statement, required: true }]), 0)
  }
}

/** The row that a statement of a write returned, if it was kept. */
function firstRecord(written: Written, statement: number): PaymentRecord | undefined {
  const [row] = 'rows' in written ? (written.rows[statement] ?? []) : []
  return row && toRecord(row)
}

/** The one conditional statement that moves a payment; see `status.ts` for why ranks suffice. */
function rise(id: string, move: Move): Statement {
  const rank = rankOf(move.status, move.reason ?? null)
  const closes = rank >= CLOSED_RANK
  return {
    sql: `UPDATE payments SET status = :status, rank = ${rank},
        reason = ${closes ? ':reason' : `CASE WHEN reason = 'order-paid' THEN reason ELSE :reason END`},
        received = :received,
        provider_reference = coalesce(provider_reference, :provider_reference),
        version = version + 1, updated_at = :now
        ${queryPlan(move, rank)}
        ${closes ? `, ${debt(`'payment.${move.status}'`)}` : ''}
      WHERE id = :id AND rank < ${rank}
      ${closes ? '' : `AND NOT (status = 'unknown' AND created_at <= :now - ${LIMITS.unknownLocks})`}
      RETURNING *`,
    params: {
      id,
      status: move.status,
      reason: move.reason ?? null,
      received: move.received === undefined ? null : Number(move.received),
      provider_reference: move.providerReference ?? null,
      ...(move.queries ? { query_plan: move.queries.plan, gap: move.queries.gap } : {}),
    },
    announce: true,
  }
}

function queryPlan(move: Move, rank: number): string {
  if (rank >= SETTLED_RANK) return ', query_at = NULL'
  if (move.queries === undefined) return ''
  if (move.queries === null) return ', query_plan = NULL, query_at = NULL'
  return ', query_plan = :query_plan, query_step = 0, query_at = :now + :gap'
}

/** The shop is owed the news of the version that this very statement makes. */
function debt(type: string): string {
  return `debt_version = version + 1, debt_type = ${type},
    debt_late = CASE WHEN rank BETWEEN ${RANKS.expired} AND ${RANKS.failed} THEN 1 ELSE 0 END,
    debt_tries = 0, debt_at = :now, debt_since = :now`
}

function expiry(id: string, expiresAt: number): Statement {
  return {
    sql: `UPDATE payments SET grace_until = :expires_at + (grace_until - expires_at),
      expires_at = :expires_at WHERE id = :id AND rank < ${SETTLED_RANK}`,
    params: { id, expires_at: expiresAt },
  }
}

function bringForward(id: string): Statement {
  const soonest = `CASE WHEN queried_at > :now - ${LIMITS.queryAtMostEvery}
    THEN queried_at + ${LIMITS.queryAtMostEvery} ELSE :now END`
  return {
    sql: `UPDATE payments SET query_at = ${soonest}
      WHERE id = :id AND rank < ${SETTLED_RANK} AND query_plan IS NOT NULL
        AND (query_at IS NULL OR query_at > ${soonest})`,
    params: { id },
  }
}

function releaseDebt(id: string): Statement {
  return { sql: 'UPDATE payments SET debt_lease_until = NULL WHERE id = :id', params: { id } }
}
