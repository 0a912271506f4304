import { type Database, StoreUnavailableError } from '../../src/proxy/index.js'

/** The same database, for a test to replace what it does at one point. */
export function passedOn(database: Database): Database {
  return {
    exclusive: database.exclusive,
    read: (...query) => database.read(...query),
    first: (...query) => database.first(...query),
    write: (statements) => database.write(statements),
    now: () => database.now(),
    onChange: (listener) => database.onChange(listener),
    close: () => database.close(),
  }
}

/** A database that fails like a full disk while `isBroken`. */
export function breakable(database: Database): Database & { isBroken: boolean } {
  const guard = async <T>(work: () => Promise<T>): Promise<T> => {
    if (guarded.isBroken) throw new StoreUnavailableError('the disk is full')
    return work()
  }
  const guarded = {
    ...passedOn(database),
    isBroken: false,
    read: (...query: Parameters<Database['read']>) => guard(() => database.read(...query)),
    first: (...query: Parameters<Database['first']>) => guard(() => database.first(...query)),
    write: (...statements: Parameters<Database['write']>) =>
      guard(() => database.write(...statements)),
  }
  return guarded
}
