import { expect, test } from 'vitest'
import { together } from './together.js'

/** Knows every id of one letter, and how often it was asked for which. */
function reader() {
  const asked: (readonly string[])[] = []
  const read = together(async (ids) => {
    asked.push(ids)
    if (ids.includes('down')) throw new Error('down')
    return new Map(ids.filter((id) => id.length === 1).map((id) => [id, `${id}${asked.length}`]))
  })
  return { asked, read }
}

test('what is asked for in one turn is read once, and each is told its own', async () => {
  const { asked, read } = reader()
  const told = await Promise.all(['a', 'b', 'a', 'none'].map(read))
  expect(told).toEqual(['a1', 'b1', 'a1', undefined])
  expect(asked).toEqual([['a', 'b', 'none']])
})

test('what is asked for later is read anew', async () => {
  const { asked, read } = reader()
  const before = read('a')
  await new Promise(setImmediate)
  const after = read('a')
  expect([await before, await after]).toEqual(['a1', 'a2'])
  expect(asked).toEqual([['a'], ['a']])
})

test('all who asked hear that it could not be read, and the next are not kept from it', async () => {
  const { read } = reader()
  const told = await Promise.allSettled([read('a'), read('down')])
  expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await read('a')).toBe('a2')
})
