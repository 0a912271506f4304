import { expect, test, vi } from 'vitest'
import { Waiters } from './waiters.js'

const MOST = { payment: 2, process: 3 }

test('wakes those who wait for the payment, and nobody else', async () => {
  const waiters = new Waiters(MOST)
  const other = vi.fn()
  const one = waiters.wait('a', 60_000)
  void waiters.wait('b', 60_000).settled.then(other)
  waiters.wake('a')
  await one.settled
  expect(other).not.toHaveBeenCalled()
  expect(waiters.count).toBe(1)
})

test('ends after its time, by an abort, and by stop', async () => {
  const waiters = new Waiters(MOST)
  const abort = new AbortController()
  const waits = [waiters.wait('a', 5), waiters.wait('a', 60_000, abort.signal)]
  const stopped = waiters.wait('b', 60_000)
  abort.abort()
  stopped.stop()
  stopped.stop()
  await Promise.all([...waits, stopped].map(({ settled }) => settled))
  expect(waiters.count).toBe(0)
})

test('has room for so many for each payment and in all', () => {
  const waiters = new Waiters(MOST)
  const waits = [waiters.wait('a', 60_000), waiters.wait('a', 60_000)]
  expect([waiters.hasRoom('a'), waiters.hasRoom('b')]).toEqual([false, true])
  waits.push(waiters.wait('b', 60_000))
  expect(waiters.hasRoom('c')).toBe(false)
  for (const { stop } of waits) stop()
  expect(waiters.hasRoom('c')).toBe(true)
})

test('closing ends every wait, and each later one at once', async () => {
  const waiters = new Waiters(MOST)
  const before = waiters.wait('a', 60_000)
  waiters.close()
  await before.settled
  await waiters.wait('a', 60_000).settled
  expect(waiters.hasRoom('a')).toBe(false)
})
