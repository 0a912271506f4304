import { expect, test } from 'vitest'
import type { Payment } from '../../src/contract/payment.js'
import { lastOrder, start } from './harness.js'

test('a bank transfer is made, paid and told to the shop', async () => {
  const { offer, pay, sandbox, until, events } = await start()
  expect((await offer('A-1')).channels.map(({ id }) => id)).toEqual([
    'vexora-taiwan:NET_BANKING',
    'vexora-taiwan:STORE',
    'vexora-taiwan:EWALLET',
  ])
  const response = await pay()
  const payment = (await response.json()) as Payment
  expect([response.status, payment]).toEqual([201, expect.anything()])
  expect(payment).toMatchObject({
    status: 'requires_action',
    next: { type: 'redirect' },
    test: true,
  })
  const order = lastOrder(sandbox)
  expect(order).toMatchObject({ fields: { bankNumber: '808-0358988888888,013-0458988888888' } })
  await sandbox.settle(order.tradeNo, 'approve')
  const paid = await until(payment.id, ({ status }) => status === 'succeeded')
  expect(paid.next).toBeNull()
  await expect.poll(() => events).toHaveLength(1)
  expect(events[0]).toMatchObject({
    type: 'payment.succeeded',
    id: `${payment.id}.${paid.version}`,
  })
})
