/**
 * The tables, as steps that are only ever added to. Times are milliseconds since the epoch,
 * amounts minor units. The same text runs on SQLite and on Postgres.
 */
export const MIGRATIONS: readonly (readonly string[])[] = [
  [
    `CREATE TABLE payments (
      id TEXT PRIMARY KEY,
      idempotency_key TEXT NOT NULL UNIQUE,
      fingerprint TEXT NOT NULL,
      order_id TEXT NOT NULL,
      token_issued_at BIGINT,
      provider TEXT NOT NULL,
      channel TEXT NOT NULL,
      way TEXT,
      amount BIGINT NOT NULL,
      currency TEXT NOT NULL,
      status TEXT NOT NULL,
      rank INTEGER NOT NULL,
      reason TEXT,
      received BIGINT,
      version INTEGER NOT NULL,
      test INTEGER NOT NULL,
      trade_no TEXT NOT NULL UNIQUE,
      provider_reference TEXT,
      next TEXT,
      return_to TEXT,
      ip_key TEXT,
      settled_order TEXT UNIQUE,
      lease_until BIGINT,
      query_plan TEXT,
      query_step INTEGER NOT NULL,
      query_at BIGINT,
      queried_at BIGINT,
      query_lease_until BIGINT,
      expires_at BIGINT NOT NULL,
      grace_until BIGINT NOT NULL,
      debt_version INTEGER,
      debt_type TEXT,
      debt_late INTEGER,
      debt_tries INTEGER,
      debt_at BIGINT,
      debt_since BIGINT,
      debt_lease_until BIGINT,
      created_at BIGINT NOT NULL,
      updated_at BIGINT NOT NULL,
      returned_at BIGINT
    )`,
    'CREATE INDEX payments_of_order ON payments (order_id, id)',
    `CREATE INDEX payments_to_query ON payments (provider, query_at)
      WHERE query_at IS NOT NULL`,
    'CREATE INDEX payments_owed ON payments (debt_at) WHERE debt_at IS NOT NULL',
    'CREATE INDEX payments_open ON payments (rank, grace_until) WHERE rank < 60',
    // Two payments of one order wait for each other here; SQLite would not need it, Postgres does.
    'CREATE TABLE order_locks (order_id TEXT PRIMARY KEY, taken INTEGER NOT NULL)',
    // Calls and successes of one payer's address at one merchant number on one day, keyed hashes.
    `CREATE TABLE ip_days (
      ip_key TEXT PRIMARY KEY,
      calls INTEGER NOT NULL,
      successes INTEGER NOT NULL,
      forget_at BIGINT NOT NULL
    )`,
    'CREATE INDEX ip_days_to_forget ON ip_days (forget_at)',
  ],
]
