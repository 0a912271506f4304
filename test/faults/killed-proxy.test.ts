import { expect, test } from 'vitest'
import { runFaults } from './fault-run.js'

/** The long form is for an evening: `FAULT_PAYMENTS=1000`. */
const PAYMENTS = Number(process.env.FAULT_PAYMENTS ?? 30)

test(`${PAYMENTS} payments through a proxy that is killed about every second`, async () => {
  const run = await runFaults(PAYMENTS)
  console.log(`faults: ${JSON.stringify(run)}`)
  expect(run).toMatchObject({ lost: [], doubled: [], invented: [], untold: [] })
  expect(run.paid).toBeGreaterThan(PAYMENTS / 3)
  expect(run.kills).toBeGreaterThan(1)
}, 600_000)
