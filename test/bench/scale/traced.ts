import type { Database } from 'pay-button-proxy'

type Params = Parameters<Database['read']>[1]

/** A database that remembers each statement it was asked, once. */
export interface Traced extends Database {
  /** How the database goes about each of them: EXPLAIN's own words. */
  plans(): Promise<string>
}

export function traced(database: Database): Traced {
  const asked = new Map<string, Params>()
  return {
    exclusive: database.exclusive,
    now: () => database.now(),
    onChange: (listener) => database.onChange(listener),
    close: () => database.close(),
    read(sql, params) {
      asked.set(sql, params)
      return database.read(sql, params)
    },
    first(sql, params) {
      asked.set(sql, params)
      return database.first(sql, params)
    },
    write(statements) {
      for (const { sql, params } of statements) asked.set(sql, params)
      return database.write(statements)
    },
    async plans() {
      const explain = database.exclusive ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN (COSTS OFF)'
      const plans: string[] = []
      for (const [sql, params] of asked) {
        const rows = await database.read(`${explain} ${sql}`, params)
        const lines = rows.map((row) => `    ${row.detail ?? row['QUERY PLAN']}`)
        if (lines.length > 0) plans.push([sql.replace(/\s+/g, ' '), ...lines].join('\n'))
      }
      return plans.join('\n\n')
    },
  }
}
