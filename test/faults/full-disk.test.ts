import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import Libsql from 'libsql'
import { expect, onTestFinished, type TestContext, test } from 'vitest'
import { startSandbox } from '../../demo/sandbox/index.js'
import type { Payment } from '../../src/contract/payment.js'
import { proxyEnvironment } from './environment.js'
import { IS_LONG, tell } from './form.js'
import { post, purchase } from './payer.js'
import { startProxies } from './proxies.js'
import { startShop } from './shop.js'
import { limitedDisk, mountedDisk, type SmallDisk } from './small-disk.js'
import { until } from './until.js'

/** Times that the disk fills up at another byte. */
const ROUNDS = IS_LONG ? 120 : 12
/** Bytes of one commit, about: the disk is full in the middle of any of a payment's. */
const COMMITS = 120_000
const VEXORA = 0

async function fill(context: TestContext, open: (pid: () => number) => SmallDisk): Promise<void> {
  const sandbox = await startSandbox({
    port: 0,
    retrySchedule: Array.from({ length: 60 }, () => 500),
  })
  const shop = await startShop()
  shop.recover()
  const disk = open(() => proxies.pids()[0] ?? 0)
  const orderSecret = randomBytes(32).toString('hex')
  const databaseUrl = `sqlite:${join(disk.folder, 'pay.db')}`
  const proxies = await startProxies(
    1,
    proxyEnvironment({ databaseUrl, orderSecret, sandbox, shop }),
  )
  onTestFinished(async () => {
    await proxies.stop()
    await shop.stop()
    await sandbox.close()
    disk.remove()
  })
  const url = proxies.urls[0] ?? ''
  const keys = Array.from({ length: ROUNDS }, () => randomBytes(16).toString('base64url'))
  const pay = (round: number) =>
    post(url, purchase(4 * round + VEXORA), keys[round] ?? '', orderSecret)
  const codeOf = async (response: Response) => ((await response.json()) as { code?: string }).code

  const settled = await post(url, purchase(4 * ROUNDS), 'before', orderSecret)
  const before = (await settled.json()) as Payment
  const counts = { refused: 0, readable: 0, unacknowledged: 0, taken: 0 }
  const wronged: string[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    disk.leave(Math.floor((round / ROUNDS) * COMMITS))
    const response = await pay(round)
    if (!response.ok) {
      counts.refused += 1
      const code = await codeOf(response)
      const waits = Number(response.headers.get('retry-after')) > 0
      if (response.status !== 503 || code !== 'store-unavailable' || !waits) {
        wronged.push(`round ${round}: ${response.status} ${code}`)
      }
    }
    // Now there is no room for anything, and a payer pays whatever was begun.
    disk.leave(0)
    const read = await fetch(`${url}/payments/${before.id}`)
    if (read.ok) counts.readable += 1
    else wronged.push(`round ${round}: not read, ${read.status}`)
    const order = sandbox.orders().find(({ fields }) => fields.remark === `F-${4 * round}`)
    if (order) {
      counts.taken += 1
      await sandbox.settle(order.tradeNo, 'approve')
      const heard = sandbox.orders().find(({ tradeNo }) => tradeNo === order.tradeNo)
      if (heard?.notifications.some(({ acknowledged }) => !acknowledged)) counts.unacknowledged += 1
    }
    disk.free()
  }

  // With room again, the same presses come to an end, each with one call at most.
  const pressAgain = async (round: number) => {
    const isAnswered = await until(60_000, async () => (await pay(round)).ok)
    if (!isAnswered) wronged.push(`round ${round}: never answered`)
    for (const { tradeNo, fields, status } of sandbox.orders()) {
      if (fields.remark === `F-${4 * round}` && status === 'open') {
        await sandbox.settle(tradeNo, 'approve')
      }
    }
  }
  await Promise.all(keys.map((_, round) => pressAgain(round)))
  const told = () =>
    shop.events().flatMap(({ type, data }) => (type === 'payment.succeeded' ? data.tradeNo : []))
  const paid = sandbox.orders().filter(({ status }) => status === 'paid')
  await until(90_000, async () => paid.every(({ tradeNo }) => told().includes(tradeNo)))
  const lost = paid.flatMap(({ tradeNo }) => (told().includes(tradeNo) ? [] : tradeNo))
  const resent = sandbox
    .orders()
    .flatMap(({ createCalls, tradeNo }) => (createCalls > 1 ? tradeNo : []))
  const log = statSync(join(disk.folder, 'pay.db-wal')).size

  await proxies.stop()
  const file = new Libsql(join(disk.folder, 'pay.db'))
  const [integrity] = file.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[]
  file.close()
  tell(context, {
    rounds: ROUNDS,
    ...counts,
    paid: paid.length,
    'log bytes': log,
    lost,
    resent,
    wronged,
  })
  expect({ lost, resent, wronged }).toEqual({ lost: [], resent: [], wronged: [] })
  // Four megabytes, and what one commit needs.
  expect(log).toBeLessThan(6_000_000)
  expect(integrity).toEqual({ integrity_check: 'ok' })
  // A row that no call was made for says so for a minute, and nobody has paid it.
  expect(paid.length).toBeGreaterThan(ROUNDS / 2)
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(0)
}

test('a disk that fills up anywhere in a payment, by a limit on files', async (context) => {
  await fill(context, (pid) => limitedDisk(pid, 'pay.db-wal'))
}, 600_000)

/** Whether this process may mount a file system. */
const mayMount = process.getuid?.() === 0
test.runIf(mayMount)(
  'a disk that fills up anywhere in a payment, a real one',
  async (context) => {
    await fill(context, () => mountedDisk(8_000_000))
  },
  600_000,
)
