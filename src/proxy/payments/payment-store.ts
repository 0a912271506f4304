import type { Next, PaymentStatus } from '../../contract/payment.js'
import { checked } from '../store/condition.js'
import type { Database, Row, Statement } from '../store/database.js'
import { changeOne, moved } from './change-one.js'
import { type ChangeSource, recordChange } from './changes.js'
import { inList } from './in-list.js'
import { LIMITS } from './limits.js'
import { keepNext, type Move, rise } from './move.js'
import { lockOrder } from './order-lock.js'
import { bringForward } from './query-queue.js'
import type { QueryPlan } from './query-schedule.js'
import {
  type PaymentFacts,
  type PaymentRecord,
  SEEN,
  type SeenPayment,
  toRecord,
  toSeen,
} from './record.js'
import { SETTLED, settle } from './settle.js'
import { CLOSED_RANK, RANKS, SETTLED_RANK } from './status.js'
import { together } from './together.js'

/** A row to be: what is known of a payment before its provider is called. */
export type NewPayment = PaymentFacts &
  Pick<PaymentRecord, 'idempotencyKey' | 'fingerprint' | 'way' | 'tradeNo' | 'returnTo'> & {
    /** Seconds since the epoch (`iat`), where the order came as a token. */
    tokenIssuedAt: number | null
    /** Milliseconds from now. */
    lifetime: number
    grace: number
  }

export interface OrderState {
  paid: boolean
  locked: boolean
  /** Open or all payments are as many as one order may have. */
  full: boolean
  /** The newest token among the order's payments is a later one, and stood for other money. */
  outdated: boolean
}

/** Who asks for the state of an order. */
export interface Asking {
  /** Of a request that its own payment does not lock out. */
  key?: string
  /** What the order came as: seconds since the epoch (`iat`), minor units. */
  token?: { issuedAt: number; amount: bigint; currency: string } | undefined
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

/** Of the payments of `:order_id`, what stands in the way of a further one: see `OrderState`. */
const COUNT = 'count(*)'
const OPEN = `coalesce(sum(CASE WHEN rank < ${CLOSED_RANK} THEN 1 ELSE 0 END), 0)`
const PAID = `coalesce(max(CASE WHEN rank = ${SETTLED_RANK} THEN 1 ELSE 0 END), 0)`
const LOCKED = `coalesce(max(CASE WHEN ${LOCKS} AND idempotency_key <> :key THEN 1 ELSE 0 END), 0)`
const OUTDATED = `coalesce(max(CASE WHEN token_issued_at = (SELECT max(token_issued_at) FROM payments
    WHERE order_id = :order_id AND token_issued_at > :token_issued_at)
  AND (amount <> :amount OR currency <> :currency) THEN 1 ELSE 0 END), 0)`
const OF_ORDER = 'FROM payments WHERE order_id = :order_id'

const ORDER_STATE = `SELECT ${COUNT} AS total, ${OPEN} AS open, ${PAID} AS paid,
  ${LOCKED} AS locked, ${OUTDATED} AS outdated ${OF_ORDER}`

const INSERT = `INSERT INTO payments (id, idempotency_key, fingerprint, order_id, token_issued_at,
    provider, channel, way, amount, currency, status, rank, version, test, trade_no, return_to,
    lease_until, query_step, expires_at, grace_until, created_at, updated_at)
  SELECT :id, :key, :fingerprint, :order_id, :token_issued_at,
    :provider, :channel, :way, :amount, :currency, 'created', ${RANKS.created}, 1, :test,
    :trade_no, :return_to, :now + ${LIMITS.createLease}, 0, :now + :lifetime,
    :now + :lifetime + :grace, :now, :now
  WHERE (SELECT CASE WHEN ${COUNT} < ${LIMITS.allPayments} AND ${OPEN} < ${LIMITS.openPayments}
      AND ${PAID} = 0 AND ${LOCKED} = 0 AND ${OUTDATED} = 0 THEN 1 ELSE 0 END ${OF_ORDER}) = 1
  ON CONFLICT (idempotency_key) DO NOTHING`

const SUBMIT = `UPDATE payments SET status = 'submitting', rank = ${RANKS.submitting},
    lease_until = :now + ${LIMITS.createLease}, ip_key = :ip_key
  WHERE id = :id AND ${checked(`rank < ${RANKS.submitting}`)}`

/** What reads `processing` to the button. */
const PROCESSING_RANKS = [RANKS.created, RANKS.submitting, RANKS.unknown, RANKS.processing]

/** Within every database's number of parameters. */
const IDS_AT_ONCE = 512

/** Everything that is ever asked of the store about payments, in one SQL text for every database. */
export class PaymentStore {
  readonly #db: Database
  readonly #moved: (payment: SeenPayment) => void
  /** Providers tell of many at once when many pay at once. */
  readonly #byTradeNo = together(async (tradeNos) => {
    const records = (await this.#rowsOf('trade_no', tradeNos, '*')).map(toRecord)
    return new Map(records.map((record) => [record.tradeNo, record]))
  })

  /** @param moved hears of each move to another status, after its commit and once. */
  constructor(db: Database, moved: (payment: SeenPayment) => void = () => {}) {
    this.#db = db
    this.#moved = moved
  }

  async byId(id: string): Promise<PaymentRecord | undefined> {
    return this.#one('SELECT * FROM payments WHERE id = :id', { id })
  }

  async byKey(key: string): Promise<PaymentRecord | undefined> {
    return this.#one('SELECT * FROM payments WHERE idempotency_key = :key', { key })
  }

  async byTradeNo(provider: string, tradeNo: string): Promise<PaymentRecord | undefined> {
    const payment = await this.#byTradeNo(tradeNo)
    return payment?.provider === provider ? payment : undefined
  }

  /** Those of them that there are. */
  async byIds(ids: readonly string[]): Promise<Map<string, SeenPayment>> {
    const rows = await this.#rowsOf('id', ids, SEEN)
    return new Map(rows.map(toSeen).map((payment) => [payment.id, payment]))
  }

  /** The versions of these payments, where they still are. */
  async versionsOf(ids: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.#rowsOf('id', ids, 'id, version')
    return new Map(rows.map(({ id, version }) => [String(id), Number(version)]))
  }

  async #rowsOf(key: 'id' | 'trade_no', ids: readonly string[], columns: string): Promise<Row[]> {
    const rows: Row[] = []
    for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
      const { sql, params } = inList(ids.slice(from, from + IDS_AT_ONCE))
      const select = `SELECT ${columns} FROM payments WHERE ${key} ${sql}`
      rows.push(...(await this.#db.read(select, params)))
    }
    return rows
  }

  /** What stands in the way of a further payment of this order. */
  async orderState(orderId: string, { key = '', token }: Asking = {}): Promise<OrderState> {
    const row = await this.#db.first(ORDER_STATE, {
      order_id: orderId,
      key,
      token_issued_at: token?.issuedAt ?? null,
      amount: token ? Number(token.amount) : null,
      currency: token?.currency ?? null,
    })
    return {
      paid: Number(row?.paid) === 1,
      locked: Number(row?.locked) === 1,
      full: Number(row?.open) >= LIMITS.openPayments || Number(row?.total) >= LIMITS.allPayments,
      outdated: Number(row?.outdated) === 1,
    }
  }

  /**
   * Writes the row of a payment before anything is sent, unless its key is taken or its order may
   * have no further payment (`OrderState`): then it is false.
   */
  async insert(payment: NewPayment): Promise<boolean> {
    const written = await this.#db.write([
      lockOrder(payment.orderId),
      {
        sql: INSERT,
        params: {
          id: payment.id,
          key: payment.idempotencyKey,
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
    return 'rows' in written
  }

  /** Takes up a row whose process never came to call the provider; one taker wins. */
  async takeUp(id: string): Promise<PaymentRecord | undefined> {
    return changeOne(this.#db, {
      sql: `UPDATE payments SET lease_until = :now + ${LIMITS.createLease}
        WHERE id = :id AND status = 'created' AND lease_until <= :now RETURNING *`,
      params: { id },
    })
  }

  /** Forgets a row that no call was made for. */
  async discard(id: string): Promise<void> {
    await this.#db.write([
      {
        sql: `DELETE FROM payments WHERE id = :id AND status = 'created'`,
        params: { id },
        announce: id,
      },
    ])
  }

  /**
   * Marks that the call begins, and takes the payer's slot of the day in the same commit.
   * `ip-limit`: there was none. `lost`: somebody else moved the row.
   */
  async submit(id: string, slot: IpSlot | undefined): Promise<'submitted' | 'ip-limit' | 'lost'> {
    const statements: Statement[] = [
      { sql: SUBMIT, params: { id, ip_key: slot?.key ?? null }, required: true },
    ]
    if (slot) {
      statements.push({
        sql: `INSERT INTO ip_days (ip_key, calls, successes, forget_at)
          VALUES (:ip_key, 1, 0, :forget_at)
          ON CONFLICT (ip_key) DO UPDATE SET calls = ip_days.calls + 1
          WHERE ip_days.calls < :payments AND ip_days.successes < :successes`,
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

  /**
   * Applies the provider's acceptance: the payer's next step is known.
   *
   * @returns the payment where that raised its rank.
   */
  async accept(
    payment: PaymentFacts,
    source: ChangeSource,
    { next, providerReference }: { next: Next; providerReference?: string | undefined },
    queries: { plan: QueryPlan; gap: number },
  ): Promise<SeenPayment | undefined> {
    const move = { status: 'requires_action', next, providerReference, queries } as const
    const accepted = await this.#move(payment, source, move)
    if (accepted) return accepted
    // A late answer still brings its link.
    await this.#db.write([
      ...keepNext(payment.id, next, providerReference),
      recordChange(payment.id, { source }),
    ])
    return undefined
  }

  /** @returns the payment where the move raised its rank. */
  async advance(
    payment: PaymentRecord,
    source: ChangeSource,
    move: Move,
  ): Promise<SeenPayment | undefined> {
    if (move.status !== 'succeeded') return this.#move(payment, source, move)
    const settled = settle(payment, move.providerReference, { source })
    return this.#tell(moved(payment, await this.#db.write(settled), SETTLED))
  }

  /** What its create call came to where no link or code came of it. */
  async conclude(
    payment: PaymentFacts,
    move: Move & { status: 'failed' | 'unknown' },
  ): Promise<SeenPayment | undefined> {
    return this.#move(payment, 'create-answer', move)
  }

  async #move(
    payment: PaymentFacts,
    source: ChangeSource,
    move: Move,
  ): Promise<SeenPayment | undefined> {
    // What does not rise is as it was recorded: nothing would have to be undone.
    const written = await this.#db.write([
      rise(payment.id, move),
      recordChange(payment.id, { source }),
    ])
    return this.#tell(moved(payment, written, 0))
  }

  /** The provider was never reached: the payment fails and its payer's slot is given back. */
  async unreachable(payment: PaymentFacts): Promise<SeenPayment | undefined> {
    const { id } = payment
    const written = await this.#db.write([
      // The payment's row before its address's, as everywhere, or two writes wait for each other.
      { ...rise(id, { status: 'failed', reason: 'unreachable', queries: null }), required: true },
      {
        sql: `UPDATE ip_days SET calls = calls - 1
          WHERE calls > 0 AND ip_key = (SELECT ip_key FROM payments WHERE id = :id)`,
        params: { id },
      },
      recordChange(id, { source: 'create-answer' }),
    ])
    return this.#tell(moved(payment, written, 0))
  }

  /** The payer came back. Moves no status; the first time it wakes who waits. */
  async returned(id: string): Promise<void> {
    await this.#db.write([
      {
        sql: `UPDATE payments SET returned_at = :now, version = version + 1, updated_at = :now
          WHERE id = :id AND returned_at IS NULL`,
        params: { id },
        announce: id,
      },
      recordChange(id, { source: 'return' }),
      bringForward(id),
    ])
  }

  /** Newest first. `before`: the id of the last payment of the page before. */
  async list(filter: {
    order?: string | undefined
    status?: PaymentStatus | undefined
    undelivered?: boolean | undefined
    before?: string | undefined
    limit: number
  }): Promise<PaymentRecord[]> {
    const where = ['1 = 1']
    // An order has few payments; among all of them, the ranks lead to the index of those meant.
    const isOfAll = filter.order === undefined
    const those = (condition: string) => (isOfAll ? condition : checked(condition))
    if (!isOfAll) where.push('order_id = :order_id')
    if (filter.undelivered) where.push(those('debt_version IS NOT NULL AND debt_at IS NULL'))
    if (filter.before !== undefined) where.push('id < :before')
    if (filter.status === 'processing') {
      where.push(those(`rank IN (${PROCESSING_RANKS})`))
      if (isOfAll) where.push(`rank < ${CLOSED_RANK}`)
    } else if (filter.status !== undefined) {
      where.push('status = :status')
      if (isOfAll) where.push(`rank >= ${RANKS.requires_action}`)
    }
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

  /** @throws {StoreUnavailableError} */
  async check(): Promise<void> {
    await this.#db.first('SELECT 1 AS ok')
  }

  /**
   * Whether it would take a write: a standby or a user without rights would not.
   *
   * @throws {StoreUnavailableError}
   */
  async checkWritable(): Promise<void> {
    await this.#db.write([{ sql: 'UPDATE order_locks SET taken = taken WHERE 1 = 0' }])
  }

  #tell(payment: SeenPayment | undefined): SeenPayment | undefined {
    if (payment) this.#moved(payment)
    return payment
  }

  async #one(sql: string, params: Record<string, string>): Promise<PaymentRecord | undefined> {
    const row = await this.#db.first(sql, params)
    return row && toRecord(row)
  }

  async #many(
    sql: string,
    params: Record<string, string | number | null>,
  ): Promise<PaymentRecord[]> {
    return (await this.#db.read(sql, params)).map(toRecord)
  }
}
