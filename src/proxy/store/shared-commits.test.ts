import { expect, test } from 'vitest'
import type { Statement, Written } from './database.js'
import { SharedCommits } from './shared-commits.js'

const write = (sql: string): Statement[] => [{ sql }]
const done = (name: string): Written => ({ rows: [[{ name }]] })
const names = (writes: Statement[][]) => writes.map(([first]) => first?.sql ?? '')

/** Notes what is committed with what, and ends a shared commit only when told to. */
function database() {
  const committed: string[][] = []
  const open: { resolve(written: Written[] | undefined): void; reject(error: Error): void }[] = []
  const commits = new SharedCommits(
    (writes) => {
      committed.push(names(writes))
      return new Promise((resolve, reject) => open.push({ resolve, reject }))
    },
    async (statements) => {
      committed.push(names([statements]))
      if (names([statements])[0] === 'wrong') throw new Error('wrong')
      return done(`${names([statements])[0]} alone`)
    },
  )
  return { committed, open, write: (name: string) => commits.write(write(name)) }
}
const turn = () => new Promise(setImmediate)

test('one that comes alone is written by itself, and keeps nobody', async () => {
  const { committed, write } = database()
  expect(await write('a')).toEqual(done('a alone'))
  expect(await write('b')).toEqual(done('b alone'))
  expect(committed).toEqual([['a'], ['b']])
})

test('what comes while others are under way together shares the next commit', async () => {
  const { committed, open, write } = database()
  const first = [write('a'), write('b')]
  await turn()
  const second = [write('c')]
  await turn()
  second.push(write('d'))
  await turn()
  expect(committed).toEqual([['a', 'b']])
  open[0]?.resolve([done('a'), done('b')])
  expect(await Promise.all(first)).toEqual([done('a'), done('b')])
  await turn()
  expect(committed).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ])
  open[1]?.resolve([done('c'), done('d')])
  expect(await Promise.all(second)).toEqual([done('c'), done('d')])
})

test('where nothing was kept each is written by itself, and what fails then fails alone', async () => {
  const { committed, open, write } = database()
  const all = Promise.allSettled(['a', 'wrong', 'b'].map(write))
  await turn()
  open[0]?.resolve(undefined)
  const told = await all
  expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(committed.slice(1)).toEqual([['a'], ['wrong'], ['b']])
})

test('where it is not known whether it was kept, nothing is written again, and the next go on', async () => {
  const { committed, open, write } = database()
  const all = Promise.allSettled(['a', 'b'].map(write))
  await turn()
  open[0]?.reject(new Error('no connection'))
  expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await write('c')).toEqual(done('c alone'))
  expect(committed).toEqual([['a', 'b'], ['c']])
})

test('a crowd is more than one commit', async () => {
  const { committed, open, write } = database()
  const crowd = Array.from({ length: 150 }, (_, at) => write(String(at)))
  for (let at = 0; at < 3; at += 1) {
    await turn()
    open[at]?.resolve(committed[at]?.map(done))
  }
  expect(await Promise.all(crowd)).toEqual(crowd.map((_, at) => done(String(at))))
  expect(committed.map(({ length }) => length)).toEqual([64, 64, 22])
})
