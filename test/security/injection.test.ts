import { expect, test } from 'vitest'
import { expectProblem } from '../proxy/expect-problem.js'
import { API_KEY, lastOrder, start } from '../proxy/harness.js'
import { BANK_PAYER, order } from '../proxy/requests.js'

const BREAKS = [
  '\r\nX-Evil: 1',
  '\nX-Evil: 1',
  '\rX-Evil: 1',
  '\u2028X-Evil: 1',
  '\u0000',
  '%0d%0aX-Evil: 1',
]

test.each(BREAKS)('nothing that anybody says, such as %j, breaks a header', async (text) => {
  const { ask, pay, orders, notify } = await start()
  orders.set(`A-1${text}`, order(`A-1${text}`))
  const said = encodeURIComponent(text)
  const answers = [
    await ask(`/orders/A-1${said}`),
    await pay({ order: `A-1${text}` }),
    await pay({ returnTo: `https://shop.example/${text}` }),
    await pay({ payer: { ...BANK_PAYER, firstName: text } }),
    await ask(`/payments/${said}`),
    await ask(`/payments/${said}/return`),
    await ask(`/payments?key=${said}`),
    await ask(`/${said}`),
    await ask('/healthz', { headers: { 'accept-language': 'zh', 'if-none-match': '"x"' } }),
    await notify({ tradeNo: text, status: text, amount: text }),
  ]
  for (const answer of answers) {
    expect(answer.headers.has('x-evil')).toBe(false)
    expect([...answer.headers].join()).not.toContain('X-Evil')
  }
})

test.each(BREAKS.slice(0, 5))('an order whose id holds %j is none', async (text) => {
  const { ask, orders } = await start()
  orders.set('broken', order(`A${text}`))
  await expectProblem(ask('/orders/broken'), 'internal')
})

test.each(BREAKS.slice(0, 5))('a payer’s line that holds %j goes to no provider', async (text) => {
  const { pay, sandbox } = await start()
  const payer = { ...BANK_PAYER, lastName: `Wang${text}` }
  await expectProblem(pay({ payer }), 'payer-fields-invalid')
  expect(sandbox.calls('checkout')).toBe(0)
})

test('the return page goes where its address says, whatever the address holds', async () => {
  const { ask, made } = await start()
  const { id } = await made({ returnTo: 'https://shop.example/a\r\nX-Evil: 1' })
  const response = await ask(`/payments/${id}/return`)
  expect(response.headers.has('x-evil')).toBe(false)
  expect(response.headers.has('location')).toBe(false)
  expect(await response.text()).toContain('https://shop.example/aX-Evil:%201?payment=')
})

test.each(BREAKS.slice(0, 3))('an operator’s note that holds %j is refused', async (text) => {
  const { ask, made } = await start()
  const { id } = await made()
  const response = await ask(`/payments/${id}/resolve`, {
    method: 'POST',
    headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ status: 'failed', note: `a${text}b` }),
  })
  await expectProblem(response, 'body-invalid')
})

test('what is answered is never sniffed to be something else', async () => {
  const { ask, made, notify, sandbox } = await start()
  const { id } = await made()
  const { tradeNo } = lastOrder(sandbox)
  const answers = [
    await ask('/orders/A-1'),
    await ask('/orders/A-404'),
    await ask(`/payments/${id}`),
    await ask(`/payments/${id}/return`),
    await ask('/openapi.json'),
    await ask('/healthz'),
    await ask('/pay-button.js'),
    await ask('/nothing'),
    await notify({ tradeNo, status: '0015', amount: '300' }),
    await notify('<script>alert(1)</script>'),
  ]
  for (const answer of answers) {
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  }
})
