import { setImmediate as nextTurn } from 'node:timers/promises'

type ReadAll<T> = (ids: readonly string[]) => Promise<ReadonlyMap<string, T>>

/** Reads at once what is asked for within one turn of the event loop, as of the end of that turn. */
export function together<T>(readAll: ReadAll<T>): (id: string) => Promise<T | undefined> {
  let next: { ids: Set<string>; found: Promise<ReadonlyMap<string, T>> } | undefined
  const begin = () => {
    const ids = new Set<string>()
    const found = nextTurn().then(() => {
      next = undefined
      return readAll([...ids])
    })
    return { ids, found }
  }
  return async (id) => {
    next ??= begin()
    const { ids, found } = next
    ids.add(id)
    return (await found).get(id)
  }
}
