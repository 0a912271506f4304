import Libsql from 'libsql'
import { Client, type QueryConfig } from 'pg'
import { migrationsFor } from '../../../src/proxy/store/schema.js'

type Value = string | number | null
/** Its parameters are `?`, in order. */
export type BareStatement = readonly [sql: string, values: readonly Value[]]

/** A driver with nothing around it but the sharing of commits, without which it would be no floor. */
export interface BareStore {
  /** Resolves when they are durable. Nothing is undone, and nobody hears of it. */
  write(statements: readonly BareStatement[]): Promise<void>
  /** One row. */
  read(statement: BareStatement): Promise<unknown>
}

interface Job {
  statements: readonly BareStatement[]
  done(): void
}

/** @param databaseUrl an empty database, which gets the proxy's own tables. */
export async function openBareStore(databaseUrl: string): Promise<BareStore> {
  return databaseUrl.startsWith('sqlite:')
    ? bareSqlite(databaseUrl.slice('sqlite:'.length))
    : barePostgres(databaseUrl)
}

/** Turns of the event loop for which a commit waits for further writes, as the proxy's does. */
const MOST_TURNS = 4

function bareSqlite(path: string): BareStore {
  const db = new Libsql(path)
  db.exec(`PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
    PRAGMA wal_autocheckpoint=4000`)
  for (const sql of migrationsFor('sqlite').flat()) db.exec(sql)
  const prepared = new Map<string, Libsql.Statement>()
  const prepare = (sql: string) => {
    const statement = prepared.get(sql) ?? db.prepare(sql)
    prepared.set(sql, statement)
    return statement
  }
  let queue: Job[] = []
  const commit = () => {
    const jobs = queue
    queue = []
    db.exec('BEGIN IMMEDIATE')
    for (const [sql, values] of jobs.flatMap(({ statements }) => statements)) {
      prepare(sql).run(values)
    }
    db.exec('COMMIT')
    for (const { done } of jobs) done()
  }
  const gather = (known: number, turns: number) => {
    if (queue.length === known || turns === MOST_TURNS) commit()
    else setImmediate(gather, queue.length, turns + 1)
  }
  return {
    write: (statements) =>
      new Promise((done) => {
        queue.push({ statements, done })
        if (queue.length === 1) setImmediate(gather, 1, 1)
      }),
    read: async ([sql, values]) => prepare(sql).get(values),
  }
}

const READERS = 10

async function barePostgres(connectionString: string): Promise<BareStore> {
  const connect = async () => {
    const client = new Client({ connectionString, pipeline: true })
    await client.connect()
    return client
  }
  const writer = await connect()
  for (const sql of migrationsFor('postgres').flat()) await writer.query(sql)
  const readers = await Promise.all(Array.from({ length: READERS }, connect))
  let reads = 0
  let queue: Job[] = []
  let isBusy = false
  const commit = async () => {
    if (isBusy || queue.length === 0) return
    isBusy = true
    const jobs = queue
    queue = []
    await Promise.all([
      writer.query('BEGIN'),
      ...jobs.flatMap(({ statements }) => statements.map((each) => writer.query(toQuery(each)))),
      writer.query('COMMIT'),
    ])
    isBusy = false
    for (const { done } of jobs) done()
    void commit()
  }
  return {
    write: (statements) =>
      new Promise((done) => {
        queue.push({ statements, done })
        if (queue.length === 1) setImmediate(() => void commit())
      }),
    async read(statement) {
      reads += 1
      const { rows } = (await readers[reads % READERS]?.query(toQuery(statement))) ?? { rows: [] }
      return rows[0]
    },
  }
}

const names = new Map<string, { name: string; text: string }>()

/** Prepared once for each connection. */
function toQuery([sql, values]: BareStatement): QueryConfig<Value[]> {
  let known = names.get(sql)
  if (!known) {
    let place = 0
    const text = sql.replaceAll('?', () => {
      place += 1
      return `$${place}`
    })
    known = { name: `bare_${names.size}`, text }
    names.set(sql, known)
  }
  return { ...known, values: [...values] }
}
