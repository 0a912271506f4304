import { expect, test, vi } from 'vitest'
import { Waiters } from './waiters.js'

const MOST = { payment: 2, process: 3 }

function waitersOf(read = async (id: string) => id, most = MOST) {
  return new Waiters(most, read)
}

/** Every read finds another version. */
function versions() {
  let version = 0
  return async (id: string) => {
    version += 1
    return `${id}${version}`
  }
}

test('wakes those who wait for the payment, and nobody else', async () => {
  const waiters = waitersOf()
  const other = vi.fn()
  const one = waiters.wait('a').woken(60_000)
  void waiters.wait('b').woken(60_000).then(other)
  waiters.wake('a')
  expect(await one).toBe(true)
  expect(other).not.toHaveBeenCalled()
  expect(waiters.count).toBe(1)
})

test('ends after its time, by an abort, and by stop', async () => {
  const waiters = waitersOf()
  const abort = new AbortController()
  const ended = [waiters.wait('a').woken(5), waiters.wait('a').woken(60_000, abort.signal)]
  const stopped = waiters.wait('b')
  ended.push(stopped.woken(60_000))
  abort.abort()
  stopped.stop()
  stopped.stop()
  expect(await Promise.all(ended)).toEqual([false, false, false])
  expect(waiters.count).toBe(0)
})

test('a change before somebody waits for it is not missed', async () => {
  const waiters = waitersOf()
  const [woken, stopped] = [waiters.wait('a'), waiters.wait('b')]
  const other = new AbortController()
  other.abort()
  const aborted = waiters.wait('a').woken(60_000, other.signal)
  waiters.wake('a')
  stopped.stop()
  expect(await woken.woken(60_000)).toBe(true)
  expect(await stopped.woken(60_000)).toBe(false)
  expect(await aborted).toBe(false)
  expect(waiters.count).toBe(0)
})

test('has room for so many for each payment and in all', () => {
  const waiters = waitersOf()
  const waits = [waiters.wait('a'), waiters.wait('a')]
  expect([waiters.hasRoom('a'), waiters.hasRoom('b')]).toEqual([false, true])
  waits.push(waiters.wait('b'))
  expect(waiters.hasRoom('c')).toBe(false)
  for (const { stop } of waits) stop()
  expect(waiters.hasRoom('c')).toBe(true)
})

test('closing ends every wait, and each later one at once', async () => {
  const waiters = waitersOf()
  const before = waiters.wait('a').woken(60_000)
  waiters.close()
  expect(await before).toBe(false)
  expect(await waiters.wait('a').woken(60_000)).toBe(false)
  expect(waiters.hasRoom('a')).toBe(false)
})

test('what a payment is by now is read once for all who ask, and anew after a change', async () => {
  const waiters = waitersOf(versions())
  const together = await Promise.all(['a', 'a', 'b'].map((id) => waiters.state(id)))
  expect(together).toEqual(['a1', 'a1', 'b2'])
  const before = waiters.state('a')
  waiters.wake('a')
  expect(await Promise.all([before, waiters.state('a'), waiters.state('a')])).toEqual([
    'a1',
    'a3',
    'a3',
  ])
})

test('what was read in another turn of the event loop is not told again', async () => {
  const waiters = waitersOf(versions())
  await waiters.state('a')
  await new Promise(setImmediate)
  await new Promise(setImmediate)
  expect(await waiters.state('a')).toBe('a2')
})

test('what nobody else can change is read once until it changes', async () => {
  const waiters = new Waiters(MOST, versions(), 2)
  await waiters.state('a')
  await new Promise(setImmediate)
  expect(await waiters.state('a')).toBe('a1')
  waiters.wake('a')
  expect(await waiters.state('a')).toBe('a2')
  await waiters.wakeAll()
  expect(await waiters.state('a')).toBe('a3')
  const states: unknown[] = []
  for (const id of ['b', 'c', 'b', 'a']) states.push(await waiters.state(id))
  expect(states).toEqual(['b4', 'c5', 'b4', 'a6'])
})

test('what is kept is known at once, until it changes', async () => {
  const waiters = new Waiters(MOST, versions(), 2)
  expect(waiters.kept('a')).toBeUndefined()
  await waiters.state('a')
  expect([waiters.kept('a'), waiters.kept('b')]).toEqual(['a1', undefined])
  waiters.wake('a')
  expect(waiters.kept('a')).toBeUndefined()
})

test('what changed while it was read is told to whoever asked, and not kept', async () => {
  const waiters = new Waiters(MOST, versions(), 2)
  const before = waiters.state('a')
  waiters.wake('a')
  const after = waiters.state('a')
  expect([await before, await after]).toEqual(['a1', 'a2'])
  expect(waiters.kept('a')).toBe('a2')
})

test('where others change payments, nothing is kept', async () => {
  const waiters = waitersOf(versions())
  await waiters.state('a')
  expect(waiters.kept('a')).toBeUndefined()
})

test('what was not there, or could not be read, is not kept', async () => {
  const answers = [undefined, new Error('down'), 'a']
  const read = async () => {
    const answer = answers.shift()
    if (answer instanceof Error) throw answer
    return answer
  }
  const waiters = new Waiters(MOST, read, 2)
  expect(await waiters.state('a')).toBeUndefined()
  await expect(waiters.state('a')).rejects.toThrow('down')
  expect(await waiters.state('a')).toBe('a')
})

test('others have their turn while all are woken', async () => {
  const waiters = waitersOf(undefined, { payment: 1, process: 200 })
  let woken = 0
  for (let id = 0; id < 200; id += 1) {
    const wait = waiters.wait(String(id))
    void wait.woken(60_000).then(() => {
      woken += 1
    })
  }
  const all = waiters.wakeAll()
  await new Promise(setImmediate)
  expect(woken).toBeGreaterThan(0)
  expect(woken).toBeLessThan(200)
  await all
  expect(woken).toBe(200)
})
