import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { OutcomeRefused, type Sandbox, startSandbox } from '../index.js'
import { checkout, startMerchant, type TestMerchant, until } from '../test-merchant.js'

let sandbox: Sandbox
let merchant: TestMerchant
let cashier: string
let tradeNo: string

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, ipLimits: 'off', retrySchedule: [] })
  merchant = await startMerchant({ body: 'OK' })
})
afterAll(async () => {
  await sandbox.close()
  await merchant.close()
})
beforeEach(() => order())

async function order(changes: Record<string, string> = {}): Promise<void> {
  const { notifyUrl, returnUrl } = merchant
  const { data } = await checkout(sandbox, { notifyUrl, returnUrl, ...changes })
  cashier = data?.paymentUrl ?? ''
  tradeNo = data?.tradeNo ?? ''
  merchant.heard.length = 0
}

const page = async () => (await fetch(cashier)).text()
const current = () => sandbox.orders().find((order) => order.tradeNo === tradeNo)

/** Presses a button with the checkbox as it stands by default. */
function press(fields: Record<string, string>): Promise<Response> {
  return fetch(cashier, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ notify: 'yes', part: '150', seconds: '30', ...fields }),
  })
}

describe('the page', () => {
  test('says that it is a sandbox, who is paid and how much', async () => {
    await order({ amount: '1234500' })
    const text = await page()
    expect(text).toContain('No money moves here')
    expect(text).toContain('NT$1,234,500')
    expect(text).toContain(sandbox.vexoraTaiwan.merchantNo)
    expect(text).toContain(tradeNo)
    expect(text).toContain('E-wallet, Sandbox Wallet')
  })

  test('shows of a bank account only the end', async () => {
    await order({
      channelCode: 'NET_BANKING',
      wayCode: 'BANK_TRANSFER',
      bankNumber: '808-0358981234567,013-0458987654321',
    })
    expect(await page()).toContain('808-•••4567, 013-•••4321')
  })

  test('needs no script and may load nothing from elsewhere', async () => {
    const response = await fetch(cashier)
    expect(response.headers.get('Content-Security-Policy')).toBe(
      "default-src 'none'; style-src 'self'; img-src data:; form-action 'self' http:; " +
        "base-uri 'none'; frame-ancestors 'none'",
    )
    expect(response.headers.get('Referrer-Policy')).toBe('no-referrer')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(await response.text()).not.toMatch(/<script|<style|\son\w+=|\sstyle=/)
  })

  test('escapes what the merchant sent', async () => {
    await order({ returnUrl: 'http://127.0.0.1/?a="><script>alert(1)</script>' })
    await sandbox.settle(tradeNo, 'approve', { notify: false })
    const text = await page()
    expect(text).toContain('?a=&quot;&gt;&lt;script&gt;')
    expect(text).not.toContain('<script')
  })

  test('has nothing for a link it does not know', async () => {
    for (const link of [`${cashier}0`, `${sandbox.url}/vexora/cashier`]) {
      expect((await fetch(link)).status).toBe(404)
      expect((await fetch(link, { method: 'POST' })).status).toBe(404)
    }
  })

  test('has a style sheet', async () => {
    const response = await fetch(`${sandbox.url}/sandbox.css`)
    expect(response.headers.get('Content-Type')).toContain('text/css')
    expect(await response.text()).toContain('prefers-color-scheme: dark')
  })
})

describe('a button', () => {
  test.each([
    [{ action: 'approve' }, { status: 'paid', paidAmount: '300' }, '0000'],
    [{ action: 'refuse' }, { status: 'refused' }, '00029'],
    [{ action: 'part' }, { status: 'part-paid', paidAmount: '150' }, '0001'],
  ])('%j settles, notifies and sends the payer back', async (fields, state, code) => {
    const response = await press(fields)
    expect(response.status).toBe(303)
    expect(response.headers.get('Location')).toBe(merchant.returnUrl)
    expect(current()).toMatchObject(state)
    await until(() => merchant.heard.length === 1)
    expect(merchant.heard[0]?.body).toContain(`"status":"${code}"`)
  })

  test('settles without a word where the box is not checked', async () => {
    const body = new URLSearchParams({ action: 'approve' })
    await fetch(cashier, { method: 'POST', redirect: 'manual', body })
    expect(current()?.status).toBe('paid')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(merchant.heard).toEqual([])
  })

  test('pays late', async () => {
    await press({ action: 'late', seconds: '1' })
    expect(current()?.status).toBe('open')
    expect(await page()).toContain('A late payment comes in 1 s.')
    await until(() => merchant.heard.length === 1)
    expect(current()).toMatchObject({ status: 'paid' })
    expect(current()).not.toHaveProperty('lateAt')
  })

  test('pays after a refusal, and the rest after a part', async () => {
    await press({ action: 'refuse' })
    await press({ action: 'part' })
    expect(current()?.status).toBe('part-paid')
    await press({ action: 'approve' })
    expect(current()).toMatchObject({ status: 'paid', paidAmount: '300' })
  })

  test('leaves without paying, with a way back', async () => {
    const response = await press({ action: 'abandon' })
    expect(response.status).toBe(200)
    const text = await response.text()
    expect(text).toContain('You left without paying')
    expect(text).toContain(merchant.returnUrl)
    expect(current()?.status).toBe('open')
  })

  test.each([
    [{ action: 'part', part: '300' }, 'below 300'],
    [{ action: 'part', part: '0' }, 'below 300'],
    [{ action: 'part', part: '1.5' }, 'below 300'],
    [{ action: 'late', seconds: 'soon' }, 'Seconds: a whole number'],
    [{ action: 'late', seconds: '0' }, 'Seconds: at least 1'],
    [{ action: 'late', seconds: '86401' }, 'Seconds: at most'],
    [{ action: 'steal' }, 'Press one of the buttons'],
  ])('%j is refused with a sentence', async (fields, sentence) => {
    const response = await press(fields)
    expect(response.status).toBe(409)
    expect(await response.text()).toContain(sentence)
    expect(current()?.status).toBe('open')
  })

  test.each(['approve', 'refuse', 'part', 'late'])(
    '%s does nothing to a paid order',
    async (action) => {
      await sandbox.settle(tradeNo, 'approve', { notify: false })
      expect((await press({ action })).status).toBe(409)
      expect(current()).toMatchObject({ status: 'paid', paidAmount: '300' })
    },
  )
})

describe('settle', () => {
  test('resolves when the merchant has replied', async () => {
    await sandbox.settle(tradeNo, 'approve')
    expect(current()?.notifications).toMatchObject([{ acknowledged: true }])
  })

  test('refuses what the cashier would', async () => {
    await sandbox.settle(tradeNo, 'approve')
    await expect(sandbox.settle(tradeNo, 'refuse')).rejects.toThrow(OutcomeRefused)
  })

  test('approves after a while', async () => {
    await sandbox.settle(tradeNo, { approveAfter: 40 })
    expect(current()?.status).toBe('open')
    await until(() => current()?.status === 'paid')
  })

  test('does not pay late what was paid meanwhile', async () => {
    await sandbox.settle(tradeNo, { approveAfter: 40 })
    await sandbox.settle(tradeNo, 'approve')
    await new Promise((resolve) => setTimeout(resolve, 80))
    expect(merchant.heard).toHaveLength(1)
  })

  test('knows its orders only', async () => {
    await expect(sandbox.settle('nobody', 'approve')).rejects.toThrow(RangeError)
  })
})

test('the front page shows the settings and the orders, without payer data', async () => {
  const text = await (await fetch(sandbox.url)).text()
  for (const [name, value] of Object.entries(sandbox.environment)) {
    expect(text).toContain(`${name}=&#39;${value}&#39;`)
  }
  expect(text).toContain(`<a href="${new URL(cashier).pathname}${new URL(cashier).search}">`)
  expect(text).not.toContain('0912345678')
})

test('orders are copies', () => {
  const [copy] = sandbox.orders()
  if (copy) copy.status = 'refused'
  expect(sandbox.orders()[0]?.status).not.toBe('refused')
})
