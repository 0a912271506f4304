import { expect, test, vi } from 'vitest'
import { Waiters } from './waiters.js'

const MOST = { payment: 2, process: 3 }

test('wakes those who wait for the payment, and nobody else', async () => {
  const waiters = new Waiters(MOST)
  const other = vi.fn()
  const one = waiters.wait('a', 60_000)
  void waiters.wait('b', 60_000).woken.then(other)
  waiters.wake('a')
  expect(await one.woken).toBe(true)
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
  const woken = await Promise.all([...waits, stopped].map((wait) => wait.woken))
  expect(woken).toEqual([false, false, false])
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
  expect(await before.woken).toBe(false)
  expect(await waiters.wait('a', 60_000).woken).toBe(false)
  expect(waiters.hasRoom('a')).toBe(false)
})
