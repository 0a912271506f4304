import { expect, test } from 'vitest'
import { expectProblem } from '../proxy/expect-problem.js'
import { NO_IP_LIMITS, start } from '../proxy/harness.js'
import { SHOP } from '../proxy/requests.js'

const blob = `blob:${SHOP}/0b1c2d3e-0000-4000-8000-000000000000`

test.each([
  blob,
  'data:text/html,<script>alert(1)</script>',
  'JavaScript:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'vbscript:x',
  'file:///etc/passwd',
  `filesystem:${SHOP}/x`,
  '//shop.example/thanks',
  '/\\evil.example',
  `${SHOP}@evil.example/`,
  `${SHOP}.evil.example/`,
  `${SHOP}:444/`,
  'https://user:password@shop.example/',
  'https://user@shop.example/',
  'http://shop.example/',
  'https://shop.example./',
  'https://SHOP.example.evil.example/',
  'https://ѕhop.example/',
  'https://evil.example/#https://shop.example/',
  'https://evil.example\\@shop.example/',
  'https://shop.example%00.evil.example/',
  'https://[::1]/',
  '',
])('a payer is not led to %j', async (returnTo) => {
  const { pay, sandbox } = await start()
  await expectProblem(pay({ returnTo }), 'body-invalid')
  expect(sandbox.calls('checkout')).toBe(0)
})

test.each([
  `${SHOP}/thanks`,
  'HTTPS://Shop.Example/thanks',
  'https:shop.example',
  `${SHOP}:443/`,
  `${SHOP}/a?b=c#d`,
])('the shop itself may be written as %s', async (returnTo) => {
  const { ask, made } = await start()
  const { id } = await made({ returnTo })
  const html = await (await ask(`/payments/${id}/return`)).text()
  expect(html).toContain(` data-shop="${SHOP}/`)
})

const CASHIER_HOSTS = ['cashier.example', 'pay.example:8443']

test.each([
  'javascript:alert(1)//cashier.example',
  'data:text/html,https://cashier.example/',
  'blob:https://cashier.example/1',
  'http://cashier.example/1',
  'https://user@cashier.example/1',
  'https://:secret@cashier.example/1',
  'https://cashier.example:444/1',
  'https://cashier.example./1',
  'https://cashier.example.evil.example/1',
  'https://evil.example/cashier.example',
  'https://evilcashier.example/1',
  'https://sub.cashier.example/1',
  'https://ⅽashier.example.evil.example/1',
  'https://сashier.example/1',
  'https://pay.example/1',
  'https://cashier.example@evil.example/1',
  'https://cashier.example\\@evil.example/1'.replace('cashier', 'other'),
  '//cashier.example/1',
  'intent://cashier.example/#Intent;end',
  ' ',
])('a payer is not sent to a cashier at %j', async (url) => {
  const { made, sandbox } = await start({
    ...NO_IP_LIMITS,
    taiwan: { ipLimits: 'off', cashierHosts: CASHIER_HOSTS },
  })
  sandbox.fault({ endpoint: 'checkout', kind: 'link', url })
  const payment = await made()
  expect(payment.next).toBeNull()
  expect(payment.status).not.toBe('requires_action')
})

test.each([
  'https://cashier.example/1',
  'HTTPS://CASHIER.EXAMPLE/1',
  'https://cashier.example:443/1',
  'https://pay.example:8443/1',
])('a payer is sent to a cashier at %s', async (url) => {
  const { made, sandbox } = await start({
    ...NO_IP_LIMITS,
    taiwan: { ipLimits: 'off', cashierHosts: CASHIER_HOSTS },
  })
  sandbox.fault({ endpoint: 'checkout', kind: 'link', url })
  expect(await made()).toMatchObject({ status: 'requires_action', next: { url } })
})
