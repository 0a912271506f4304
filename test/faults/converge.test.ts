import fc from 'fast-check'
import { afterAll, beforeAll, expect, onTestFinished, type TestContext, test } from 'vitest'
import type { PaymentRecord } from '../../src/proxy/payments/record.js'
import type { Database } from '../../src/proxy/store/database.js'
import { postgres } from '../../src/proxy/store/postgres.js'
import { sqlite } from '../../src/proxy/store/sqlite.js'
import { type PostgresServer, startPostgres } from '../postgres-server.js'
import { IS_LONG, tell } from './form.js'
import { type Ending, reportMachine } from './report-machine.js'
import { endsOf, type Stand, type Story, stories } from './reports.js'

/** What few of the others have: of fifty, one time in twelve none. */
const TWO_SUCCESSES: Story = {
  payments: 2,
  batches: [0, 1].map((payment) => [{ from: 'report', by: 'notification', payment, says: 'paid' }]),
}

/** Whatever is heard, in whatever order and however often, comes to the same. */
async function expectConvergence(
  context: TestContext,
  sequences: number,
  open: (clock: { offset: number }) => Database,
): Promise<void> {
  const clock = { offset: 0 }
  const db = open(clock)
  onTestFinished(() => db.close())
  const machine = reportMachine(db, clock)
  const seed = Date.now() % 2 ** 31
  const counts = { reports: 0, succeeded: 0, duplicates: 0, reviews: 0, told: 0 }
  await fc.assert(
    fc.asyncProperty(stories, async (story) => {
      const ending = await machine.play(story)
      expectStands(story, ending)
      expectOneFirst(ending)
      expectToldOnce(story, ending)
      counts.reports += story.batches.flat().length
      counts.succeeded += ending.stood.filter(({ status }) => status === 'succeeded').length
      counts.duplicates += ending.stood.filter(({ reason }) => reason === 'duplicate').length
      counts.reviews += ending.stood.filter(({ status }) => status === 'needs_review').length
      counts.told += ending.events.length
    }),
    { seed, numRuns: sequences, examples: [[TWO_SUCCESSES]] },
  )
  tell(context, { sequences, seed, ...counts, lost: [], doubled: [] })
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(0)
}

/** The status, the reason and the amount are those of the highest rank that was heard. */
function expectStands(story: Story, { stood, again, closed, changes }: Ending): void {
  stood.forEach((record, index) => {
    const ends = endsOf(story, index).map((stand) => known(stand, record))
    expect(ends).toContainEqual(shown(record))
    // The same once more changes nothing, and the end of all time only what was still open.
    expect(again[index]).toEqual(record)
    // Every version after the first has its line in the record.
    expect(changes[index]).toBe((closed[index]?.version ?? 0) - 1)
    expect(shown(closed[index] ?? record)).toEqual(
      record.rank < 60
        ? { rank: 60, status: 'expired', reason: null, received: null }
        : shown(record),
    )
  })
}

const shown = ({ rank, status, reason, received }: PaymentRecord): Stand => ({
  rank,
  status: status as Stand['status'],
  reason,
  received,
})

/** Which of two successes is first, and whether a sibling's came before, order does decide. */
function known(stand: Stand, { reason }: PaymentRecord): Stand {
  const mayBe = (rank: number) => (rank === 90 ? reason === 'duplicate' : reason === 'order-paid')
  return (stand.rank === 90 || stand.rank < 60) && mayBe(stand.rank) ? { ...stand, reason } : stand
}

function expectOneFirst({ stood, events }: Ending): void {
  const isFirst = ({ type }: { type: string }) => type === 'payment.succeeded'
  const firsts = new Set(events.filter(isFirst).map(({ data }) => data.payment.id))
  expect(firsts.size).toBeLessThanOrEqual(1)
  const succeeded = stood.filter(({ status }) => status === 'succeeded')
  const reviewed = stood.filter(({ rank }) => rank === 95)
  const first = succeeded.filter(({ reason }) => reason === null)
  expect(first.length).toBeLessThanOrEqual(1)
  // The first may have been put under review since.
  if (succeeded.length > 0 && reviewed.length === 0) expect(first).toHaveLength(1)
  const open = stood.filter(({ rank }) => rank < 60)
  if (succeeded.length > 0) {
    expect(open.every(({ reason }) => reason === 'order-paid')).toBe(true)
  }
}

function expectToldOnce(story: Story, { stood, events, successes }: Ending): void {
  const ids = new Set<string>()
  for (const { id, rank, reason } of stood) {
    const told = events.filter(({ data }) => data.payment.id === id)
    const successIds = new Set(
      told.flatMap(({ id, type }) =>
        type === 'payment.succeeded' || type === 'payment.duplicate' ? [id] : [],
      ),
    )
    for (const each of successIds) ids.add(each)
    if (rank === 90) {
      expect(successIds.size).toBe(1)
      const type = reason === 'duplicate' ? 'payment.duplicate' : 'payment.succeeded'
      expect(told.at(-1)?.type).toBe(type)
    } else expect(successIds.size).toBeLessThanOrEqual(rank === 95 ? 1 : 0)
    // Whatever it came to, it was told last.
    if (rank >= 60)
      expect(told.at(-1)?.data.payment.status).toBe(stood.find((each) => each.id === id)?.status)
  }
  expect(story.payments).toBe(stood.length)
  const settled = stood.filter(({ rank }) => rank === 90).length
  expect(successes).toBeGreaterThanOrEqual(Math.max(settled, ids.size))
  expect(successes).toBeLessThanOrEqual(stood.filter(({ rank }) => rank >= 90).length)
}

test('sequences of reports converge on SQLite', async (context) => {
  await expectConvergence(context, IS_LONG ? 10_000 : 300, (clock) =>
    sqlite(':memory:', { now: () => Date.now() + clock.offset }),
  )
}, 1_800_000)

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres({ isDurable: false })
}, 60_000)
afterAll(() => server.remove())

test('sequences of reports converge on Postgres', async (context) => {
  const url = await server.createDatabase()
  await expectConvergence(context, IS_LONG ? 500 : 50, (clock) =>
    postgres(url, { now: () => Date.now() + clock.offset }),
  )
}, 1_800_000)
