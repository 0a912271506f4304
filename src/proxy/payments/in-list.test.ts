import { expect, test } from 'vitest'
import { inList } from './in-list.js'

test.each([
  [['a'], 'IN (:id_0)', ['a']],
  [['a', 'b'], 'IN (:id_0, :id_1)', ['a', 'b']],
  [['a', 'b', 'c'], 'IN (:id_0, :id_1, :id_2, :id_3)', ['a', 'b', 'c', 'c']],
])('%j', (ids, sql, values) => {
  const list = inList(ids)
  expect([list.sql, Object.values(list.params)]).toEqual([sql, values])
})

test('there are few texts', () => {
  const ids = Array.from({ length: 512 }, (_, at) => `pay_${at}`)
  const texts = new Set(ids.map((_, at) => inList(ids.slice(0, at + 1)).sql))
  expect(texts.size).toBe(10)
  expect(Object.values(inList(ids).params)).toEqual(ids)
})
