import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { InFlight } from './in-flight.js'

test('is settled at once while nothing is in flight', async () => {
  await expect(new InFlight().settled()).resolves.toBeUndefined()
})

test('all who wait hear of the end of all work, whatever came of it', async () => {
  const inFlight = new InFlight()
  let fail = (_: Error) => {}
  const failing = inFlight.track(
    () =>
      new Promise((_, reject) => {
        fail = reject
      }),
  )
  const done = inFlight.track(() => 'done')
  let settled = 0
  const waits = [1, 2].map(async () => {
    await inFlight.settled()
    settled += 1
  })
  expect(await done).toBe('done')
  expect(settled).toBe(0)
  fail(new Error('failed'))
  await expect(failing).rejects.toThrow('failed')
  await Promise.all(waits)
  expect(settled).toBe(2)
})

test('waits for work that begins as other work ends', async () => {
  const inFlight = new InFlight()
  const later = inFlight.track(() => {}).then(() => inFlight.track(() => turn()))
  let isLaterDone = false
  void later.then(() => {
    isLaterDone = true
  })
  await inFlight.settled()
  expect(isLaterDone).toBe(true)
})
