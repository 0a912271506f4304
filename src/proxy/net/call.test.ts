import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buildConnector, Client } from 'undici'
import { expect, onTestFinished, test, vi } from 'vitest'
import { call } from './call.js'
import { UnreachableError } from './http-client.js'

const LATE = 20
const SLOW = 100
const REQUEST = { method: 'POST', path: '/', headers: {}, body: '{}' } as const

/** A provider that answers at once, and what it heard; who connects takes this long for it. */
async function provider(connecting: number, failure?: Error) {
  const heard: string[] = []
  const server = createServer((request, response) => {
    heard.push(request.method ?? '')
    response.end('ok')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const connectNow = buildConnector({})
  const connection = new Client(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, {
    connect: (options, callback) => {
      const connect = () => (failure ? callback(failure, null) : connectNow(options, callback))
      setTimeout(connect, connecting)
    },
  })
  onTestFinished(async () => {
    await connection.destroy()
    server.closeAllConnections()
    server.close()
  })
  return { heard, connection }
}

test('nothing is sent on a connection that stands when the time is over', async () => {
  const { heard, connection } = await provider(SLOW)
  await expect(call(connection, REQUEST, LATE)).rejects.toMatchObject({ name: 'TimeoutError' })
  expect(await call(connection, { ...REQUEST, method: 'PUT' }, 5_000)).toMatchObject({ body: 'ok' })
  expect(heard).toEqual(['PUT'])
})

test('that nobody was reached is told also when the time is over', async () => {
  const { connection } = await provider(SLOW, new UnreachableError('no connection'))
  await expect(call(connection, REQUEST, LATE)).rejects.toThrow(UnreachableError)
})

test.each([
  ['has its answer', undefined],
  ['has failed', new UnreachableError('no connection')],
])('no timer is left of a call that %s', async (_, failure) => {
  const { connection } = await provider(0, failure)
  const set = vi.spyOn(globalThis, 'setTimeout')
  const cleared = vi.spyOn(globalThis, 'clearTimeout')
  onTestFinished(() => {
    set.mockRestore()
    cleared.mockRestore()
  })
  const settled = call(connection, REQUEST, 60_000).catch(() => {})
  const timer = set.mock.results[set.mock.calls.findIndex(([, time]) => time === 60_000)]?.value
  expect(timer).toBeDefined()
  await settled
  expect(cleared.mock.calls.some(([each]) => each === timer)).toBe(true)
})
