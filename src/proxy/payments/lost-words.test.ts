import { expect, test } from 'vitest'
import { LostWords } from './lost-words.js'

/** Payments by their versions, for all of which somebody waits. */
function setUp(payments: Record<string, number>) {
  const woken: string[] = []
  let reads = 0
  const lostWords = new LostWords(
    {
      versionsOf: async (ids) => {
        reads += 1
        return new Map(ids.map((id) => [id, payments[id] ?? 0]))
      },
    },
    {
      get paymentIds() {
        return Object.keys(payments)
      },
      wake: (id) => woken.push(id),
    },
  )
  const look = async () => {
    woken.length = 0
    await lostWords.look()
    return [...woken]
  }
  return { payments, look, reads: () => reads }
}

test('what is waited for anew is looked at once, and then only where it changed', async () => {
  const { payments, look, reads } = setUp({ a: 1, b: 1 })
  expect(await look()).toEqual(['a', 'b'])
  expect(await look()).toEqual([])
  payments.b = 2
  expect(await look()).toEqual(['b'])
  payments.c = 7
  expect(await look()).toEqual(['c'])
  expect(reads()).toBe(4)
})

test('a payment for which nobody waited for a while is looked at again', async () => {
  const { payments, look } = setUp({ a: 1 })
  await look()
  delete payments.a
  expect(await look()).toEqual([])
  payments.a = 1
  expect(await look()).toEqual(['a'])
})
