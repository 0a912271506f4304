import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { made, startCluster, wait } from './cluster.js'
import type { Program } from './program.js'

test('a file of SQLite has one program, which a second one does not disturb; killed, it is free', async () => {
  const databaseUrl = `sqlite:${join(mkdtempSync(join(tmpdir(), 'pay-')), 'pay.db')}`
  const cluster = await startCluster({ size: 1, databaseUrl })
  const first = cluster.programs[0] as Program
  const payment = await made(first, { order: 'F-1' })

  const second = await cluster.launch()
  expect(await second.exited).toBe(1)
  expect(second.said()).toMatch(
    /^pay-button-proxy: cannot use the SQLite file .*: is another process working on it\?\n$/,
  )
  expect(await made(first, { order: 'F-2' })).toMatchObject({ status: 'requires_action' })

  await first.kill('SIGKILL')
  const third = await cluster.join()
  expect(await wait(third, payment, 1)).toMatchObject({ id: payment.id, next: payment.next })
})
