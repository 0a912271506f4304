import { expect, test } from 'vitest'
import { StoreUnavailableError } from '../../src/proxy/index.js'
import { expectProblem } from './expect-problem.js'
import { start } from './harness.js'
import { openStore } from './store.js'
import { passedOn } from './wrapped-store.js'

test('is ready to anybody who asks, once it runs', async () => {
  const { ask } = await start()
  const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  const response = await ask('/readyz', { headers })
  expect([response.status, await response.json()]).toEqual([200, { status: 'ready' }])
  expect(response.headers.get('cache-control')).toBe('no-store')
})

test('a store that can be read and not written is healthy and not ready', async () => {
  let isReadOnly = false
  const database = await openStore(Date)
  const { ask } = await start({
    store: {
      ...passedOn(database),
      write: async (statements) => {
        if (isReadOnly) throw new StoreUnavailableError('the database is a standby')
        return database.write(statements)
      },
    },
  })
  isReadOnly = true
  expect((await ask('/healthz')).status).toBe(200)
  await expectProblem(ask('/readyz'), 'store-unavailable')
  isReadOnly = false
  expect((await ask('/readyz')).status).toBe(200)
})
