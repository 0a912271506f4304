import { afterEach, expect, test } from 'vitest'
import { expectProblem } from '../proxy/expect-problem.js'
import { start } from '../proxy/harness.js'
import { BANK_PAYER, create } from '../proxy/requests.js'

/** Names that every object answers to, and that no map of ours may. */
const INHERITED = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf']

afterEach(() => {
  const fresh: Record<string, unknown> = {}
  expect(fresh.paid).toBeUndefined()
  expect(Object.keys(Object.prototype)).toEqual([])
})

const good = JSON.stringify({
  order: 'A-1',
  channel: 'vexora-taiwan:NET_BANKING',
  amount: { value: '300', currency: 'TWD' },
  payer: BANK_PAYER,
  presentation: 'popup',
})

test.each(INHERITED)('a body with %s beside its members is refused', async (name) => {
  const { ask } = await start()
  const body = good.replace('{', `{"${name}":{"paid":true,"payer":{}},`)
  const answer = await ask('/payments', create(body))
  // `__proto__` may be dropped where it is read: then it is as if it had never been there.
  if (name === '__proto__' && answer.status === 201) return
  await expectProblem(answer, 'body-invalid')
})

test.each(INHERITED)('a payer field of the name %s is unknown', async (name) => {
  const { ask, sandbox } = await start()
  const body = good.replace('"payer":{', `"payer":{"${name}":"x",`)
  const answer = await ask('/payments', create(body))
  if (answer.status === 201) {
    expect(name).toBe('__proto__')
    expect(sandbox.orders().at(-1)?.fields).not.toHaveProperty('x')
    return
  }
  const { fields } = await expectProblem(answer, 'payer-fields-invalid')
  expect(Object.entries(fields ?? {})).toEqual([[name, 'unknown']])
})

test.each(INHERITED)('%s is no provider, channel, way, order, payment or status', async (name) => {
  const { ask, pay } = await start()
  expect((await ask(`/notifications/${name}`, { method: 'POST', body: '{}' })).status).toBe(404)
  expect((await ask(`/notifications/${name}/${name}`)).status).toBe(404)
  await expectProblem(pay({ channel: name }), 'channel-not-offered')
  await expectProblem(pay({ channel: `vexora-taiwan:${name}` }), 'channel-not-offered')
  await expectProblem(pay({ way: name }), 'channel-not-offered')
  await expectProblem(pay({ presentation: name }), 'body-invalid')
  await expectProblem(ask(`/orders/${name}`), 'order-not-found')
  await expectProblem(ask(`/payments/${name}`), 'payment-not-found')
  await expectProblem(ask(`/payments?key=${name}`), 'payment-not-found')
  await expectProblem(ask(`/${name}`), 'not-found')
})

test.each(INHERITED)('a notification that says %s moves nothing', async (name) => {
  const { made, notify, watch, sandbox } = await start()
  const { id, version } = await made()
  const { tradeNo, providerReference } = sandbox.orders()[0] ?? {}
  const signedStatus = await notify({
    tradeNo: tradeNo ?? '',
    platFormTradeNo: providerReference ?? '',
    amount: '300',
    status: name,
  })
  expect(signedStatus.status).toBe(200)
  await notify(`{"${name}":"0000","tradeNo":"${tradeNo}","sign":"x"}`)
  expect(await watch(id)).toMatchObject({ status: 'requires_action', version })
})
