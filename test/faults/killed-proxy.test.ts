import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type TestContext, test } from 'vitest'
import { startPostgres } from '../postgres-server.js'
import { IS_LONG, tell } from './form.js'
import { type KilledRun, runKilled } from './killed-run.js'

const PAYMENTS = IS_LONG ? 1_000 : 30
const PATIENCE = IS_LONG ? 1_800_000 : 300_000

function expectNobodyWronged(context: TestContext, run: KilledRun): void {
  tell(context, { ...run })
  expect(run).toMatchObject({
    lost: [],
    doubled: [],
    invented: [],
    resent: [],
    expired: [],
    unlisted: [],
    surprises: [],
    unverified: 0,
    moneyTold: run.moneyPaid,
  })
  expect(run.paid).toBeGreaterThan(PAYMENTS / 3)
  expect(run.kills).toBeGreaterThan(1)
}

// Much of a run is waiting for leases to end, so both wait together.
test.concurrent(
  'payments through a proxy on SQLite that is killed about every second',
  async (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'pay-faults-'))
    context.onTestFinished(() => rmSync(folder, { recursive: true }))
    const databaseUrl = `sqlite:${join(folder, 'pay.db')}`
    expectNobodyWronged(context, await runKilled({ payments: PAYMENTS, proxies: 1, databaseUrl }))
  },
  PATIENCE,
)

test.concurrent(
  'payments through three proxies on Postgres, one killed about every second',
  async (context) => {
    const server = await startPostgres({ isDurable: false })
    context.onTestFinished(() => server.remove())
    const databaseUrl = await server.createDatabase()
    expectNobodyWronged(context, await runKilled({ payments: PAYMENTS, proxies: 3, databaseUrl }))
  },
  PATIENCE,
)
