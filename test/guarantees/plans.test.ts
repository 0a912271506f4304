import { expect, test } from 'vitest'
import { sqlite } from '../../src/proxy/index.js'
import { traced } from '../bench/scale/traced.js'
import { NO_IP_LIMITS, start } from '../proxy/harness.js'

/** Once, at the start, where no other process can hold a lease. */
const AT_START = /SET (query|debt)_lease_until = NULL WHERE/
/** The shop's list, newest first: as many rows as it shows. */
const NEWEST = /WHERE 1 = 1 ORDER BY id DESC LIMIT/

test('nothing reads every payment that was ever stored', async () => {
  const store = traced(sqlite(':memory:'))
  const { offer, made, read, watch, sweep } = await start({ ...NO_IP_LIMITS, store })
  await offer('A-1')
  const { id } = await made()
  await watch(id)
  await read(id)
  await sweep()
  const plans = (await store.plans()).split('\n\n')
  expect(plans.length).toBeGreaterThan(15)
  const scans = plans.filter((plan) => / SCAN payments\b/.test(plan))
  expect(scans.filter((plan) => !AT_START.test(plan) && !NEWEST.test(plan))).toEqual([])
})
