export type Dialect = 'sqlite' | 'postgres'
/** One text for both databases, or what each of them calls the same thing. */
type Step = string | Readonly<Record<Dialect, readonly string[]>>

/**
 * The tables, as steps that are only ever added to. Times are milliseconds since the epoch,
 * amounts minor units.
 *
 * A step leaves every statement of the version before it working: while an update rolls out, and
 * after one is taken back, programs that do not know the step yet use its tables. So it adds
 * tables, indexes, and columns that may be left out; it renames, drops and tightens nothing.
 */
const MIGRATIONS: readonly (readonly Step[])[] = [
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
  [
    // One row for each version of a payment after its first: what it was from then on, and who said
    // so. Never changed afterwards, by anybody.
    `CREATE TABLE payment_changes (
      payment_id TEXT NOT NULL,
      version INTEGER NOT NULL,
      changed_at BIGINT NOT NULL,
      source TEXT NOT NULL,
      status TEXT NOT NULL,
      rank INTEGER NOT NULL,
      reason TEXT,
      received BIGINT,
      note TEXT,
      PRIMARY KEY (payment_id, version)
    )`,
    `INSERT INTO payment_changes (payment_id, version, changed_at, source, status, rank, reason, received)
      SELECT id, version, updated_at, 'upgrade', status, rank, reason, received
      FROM payments WHERE version > 1`,
    {
      sqlite: ['UPDATE', 'DELETE'].map(
        (what) => `CREATE TRIGGER payment_changes_refuse_${what.toLowerCase()}
          BEFORE ${what} ON payment_changes
          BEGIN SELECT RAISE(ABORT, 'payment_changes is append-only'); END`,
      ),
      postgres: [
        `CREATE FUNCTION payment_changes_refuse() RETURNS trigger LANGUAGE plpgsql AS
          $$ BEGIN RAISE EXCEPTION 'payment_changes is append-only'; END $$`,
        `CREATE TRIGGER payment_changes_refuse BEFORE UPDATE OR DELETE OR TRUNCATE
          ON payment_changes FOR EACH STATEMENT EXECUTE FUNCTION payment_changes_refuse()`,
      ],
    },
    // What could not be delivered to the shop.
    `CREATE INDEX payments_undelivered ON payments (id)
      WHERE debt_version IS NOT NULL AND debt_at IS NULL`,
  ],
  [
    // The script's chunks of releases that served of late, for pages that were opened before.
    `CREATE TABLE kept_chunks (
      name TEXT PRIMARY KEY,
      packed TEXT NOT NULL,
      proof TEXT NOT NULL,
      forget_at BIGINT NOT NULL
    )`,
  ],
  [
    // For the shop's list. What is in flight has the index of open payments.
    'CREATE INDEX payments_of_status ON payments (status, id) WHERE rank >= 40',
  ],
]

/** The statements of each step, the oldest step first. */
export function migrationsFor(dialect: Dialect): readonly (readonly string[])[] {
  return MIGRATIONS.map((steps) =>
    steps.flatMap((step) => (typeof step === 'string' ? [step] : step[dialect])),
  )
}
