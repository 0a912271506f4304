import { Webhook } from 'standardwebhooks'
import { beforeEach, describe, expect, it } from 'vitest'
import { createShop } from './shop.js'
import { STATES } from './states/states.js'

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

let shop: ReturnType<typeof createShop>
let signed: unknown[]

beforeEach(() => {
  signed = []
  shop = createShop({
    payUrl: 'https://pay.shop.example/pay',
    signOrder: async (order) => {
      signed.push(order)
      return 'token"of<order'
    },
    webhookSecret: SECRET,
    sandboxed: true,
  })
})

/** Buys something. Returns the path of the order's page. */
async function buy(): Promise<string> {
  const response = await shop.request('/orders', {
    method: 'POST',
    body: new URLSearchParams({ product: 'alishan-oolong' }),
  })
  expect(response.status).toBe(303)
  return new URL(response.headers.get('location') ?? '', 'http://shop').pathname
}

function idOf(path: string): string {
  return path.split('/').at(-1) ?? ''
}

function tell(order: string, { id = 'pay_1.3', type = 'payment.succeeded', secret = SECRET } = {}) {
  const now = new Date()
  const body = JSON.stringify({
    type,
    timestamp: now.toISOString(),
    data: {
      payment: {
        order,
        channel: 'vexora-taiwan:STORE',
        amount: { value: '300', currency: 'TWD' },
      },
    },
  })
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, now, body),
  }
  return shop.request('/webhook', { method: 'POST', body, headers })
}

/** The first `count` messages of an order's event stream. */
async function news(path: string, count: number): Promise<unknown[]> {
  const { body } = await shop.request(`${path}/events`)
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (text.split('\n\n').length <= count) text += (await reader?.read())?.value ?? ''
  await reader?.cancel()
  return [...text.matchAll(/^data: (.*)$/gm)].map(([, json = '']) => JSON.parse(json))
}

describe('an order', () => {
  it('has an id that nobody guesses, and a token of what it costs', async () => {
    const path = await buy()
    expect(idOf(path)).toMatch(/^[A-Za-z0-9_-]{16}$/)
    expect(idOf(await buy())).not.toBe(idOf(path))
    const page = await (await shop.request(path)).text()
    expect(page).toContain('<pay-button order="token&quot;of&lt;order">')
    expect(page).toContain('src="https://pay.shop.example/pay/pay-button.js"')
    expect(signed).toEqual([
      {
        id: idOf(path),
        amount: { value: '300', currency: 'TWD' },
        description: 'Alishan high mountain oolong',
      },
    ])
  })

  it.each([
    ['zh-TW,zh;q=0.9', '', 'lang="zh-TW"'],
    ['zh-Hant-HK', '', 'lang="zh-HK"'],
    ['zh', '', 'lang="zh-CN"'],
    ['id-ID,id;q=0.9,en;q=0.8', '', 'lang="id"'],
    ['en', '?lang=zh-HK', 'lang="zh-HK"'],
    ['zh-TW', '?lang=en', 'lang="en"'],
    ['fr', '?lang=constructor', 'lang="en"'],
  ])('speaks the language of %s with %s: %s', async (accepted, query, expected) => {
    const headers = { 'accept-language': accepted }
    const page = await (await shop.request((await buy()) + query, { headers })).text()
    expect(page).toContain(`<html ${expected}>`)
  })

  it('is sent under a policy that lets nothing in but the button', async () => {
    const { headers } = await shop.request(await buy())
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self' https://pay.shop.example; " +
        "connect-src 'self' https://pay.shop.example; style-src 'self'; img-src 'self'; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
        "require-trusted-types-for 'script'; trusted-types pay-button",
    )
  })

  it.each(['/orders/nothing', '/orders/nothing/events', '/nothing'])(
    'is not found at %s',
    async (path) => {
      expect((await shop.request(path)).status).toBe(404)
    },
  )

  it('is not made of a product that the shop has not', async () => {
    const body = new URLSearchParams({ product: 'constructor' })
    expect((await shop.request('/orders', { method: 'POST', body })).status).toBe(404)
  })
})

describe('the webhook', () => {
  it('settles an order once, and shows that it was told again', async () => {
    const path = await buy()
    expect((await tell(idOf(path))).status).toBe(204)
    expect((await tell(idOf(path))).status).toBe(204)
    const delivery = {
      id: 'pay_1.3',
      type: 'payment.succeeded',
      timestamp: expect.any(String),
      amount: 'TWD 300',
      channel: 'vexora-taiwan:STORE',
    }
    expect(await news(path, 2)).toEqual([
      { paid: true, delivery: { ...delivery, again: false } },
      { paid: true, delivery: { ...delivery, again: true } },
    ])
    expect(await (await shop.request(path)).text()).toContain('Paid. Your tea is on its way.')
  })

  it.each(['payment.failed', 'payment.expired', 'payment.needs_review', 'payment.duplicate'])(
    'sends no goods for %s',
    async (type) => {
      const path = await buy()
      await tell(idOf(path), { type })
      expect(await news(path, 1)).toMatchObject([{ paid: false, delivery: { type } }])
    },
  )

  it('takes an order that it has forgotten, so that it is not told for days', async () => {
    expect((await tell('forgotten')).status).toBe(204)
  })

  it('refuses what the proxy did not sign', async () => {
    const path = await buy()
    const secret = `whsec_${Buffer.alloc(32, 8).toString('base64')}`
    expect((await tell(idOf(path), { secret })).status).toBe(401)
    expect((await shop.request('/webhook', { method: 'POST', body: '{}' })).status).toBe(401)
    expect(await (await shop.request(path)).text()).toContain('Not paid yet')
  })
})

describe('the page of every state', () => {
  it('shows each in a frame, in the language and theme that is asked for', async () => {
    const wall = await (await shop.request('/states?lang=id&theme=dark')).text()
    expect(wall.match(/<iframe /g)).toHaveLength(STATES.size)
    expect(wall).toContain('src="/states/channels?lang=id&amp;theme=dark"')
    const { headers, status } = await shop.request('/states/channels?lang=id&theme=dark')
    expect(status).toBe(200)
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'self'")
    expect((await shop.request('/states/none')).status).toBe(404)
  })

  it('has a played proxy behind it', async () => {
    const offer = await shop.request('/states/pay/orders/channels')
    expect(await offer.json()).toMatchObject({ order: 'channels', amount: { currency: 'TWD' } })
    const gone = await shop.request('/states/pay/orders/gone')
    expect([gone.status, await gone.json()]).toMatchObject([404, { code: 'order-not-found' }])
    const body = JSON.stringify({ order: 'paid', channel: 'vexora-taiwan:EWALLET' })
    const paid = await shop.request('/states/pay/payments', { method: 'POST', body })
    expect(await paid.json()).toMatchObject({ order: 'paid', status: 'succeeded' })
  })
})
