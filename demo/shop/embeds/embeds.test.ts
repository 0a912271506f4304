import { readdirSync, readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { LANGUAGES } from '../language.js'
import { createShop } from '../shop.js'
import { EMBEDS } from './embeds.js'

const CLIENT = new URL('client/', import.meta.url)

let shop: ReturnType<typeof createShop>
beforeEach(() => {
  shop = createShop({
    payUrl: 'https://pay.shop.example/pay',
    signOrder: async ({ id, amount }) => `${id}/${amount.currency}${amount.value}`,
    webhookSecret: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
    sandboxed: true,
  })
})

/** A cart sent to the shop, which answers with the token of its order. */
async function order(cart: unknown, cookie = ''): Promise<string | number> {
  const headers = { 'Content-Type': 'application/json', cookie }
  const body = typeof cart === 'string' ? cart : JSON.stringify(cart)
  const answer = await shop.request('/embeds/orders', { method: 'POST', headers, body })
  return answer.ok ? ((await answer.json()) as { token: string }).token : answer.status
}

const text = async (path: string) => (await shop.request(path)).text()

/** As it stands in HTML. */
const escaped = (code: string) =>
  code.replace(
    /[&<>"']/g,
    (sign) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' }[sign]};`,
  )

describe('the pages of more ways to embed', () => {
  it('are one click from the front of the shop', async () => {
    expect(await text('/?lang=en')).toContain('<a href="/embeds?lang=en">')
    const index = await text('/embeds?lang=en')
    for (const { name } of EMBEDS) expect(index).toContain(`<a href="/embeds/${name}?lang=en">`)
  })

  it.each(EMBEDS.map((embed) => [embed.name, embed] as const))(
    '%s is worded in every language and shows the very code that runs',
    async (name, { title, sources, script }) => {
      for (const language of Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[]) {
        expect(await text(`/embeds/${name}?lang=${language}`)).toContain(
          `<h1 class="motto">${title[language]}</h1>`,
        )
      }
      const page = await text(`/embeds/${name}?lang=en`)
      expect(page).toContain(`<script type="module" src="${script}"></script>`)
      for (const file of sources) {
        const code = readFileSync(new URL(file, CLIENT), 'utf8').trimEnd()
        expect(page).toContain(`<code>${escaped(code)}</code>`)
      }
      const markup = page.match(/index\.html<\/code>.*?<code>(.*?)<\/code>/s)?.[1]
      expect(markup?.split('\n')[0]).toMatch(/^&lt;(script|link) /)
    },
  )

  it('send the files of a page as they stand, and nothing else', async () => {
    for (const file of readdirSync(CLIENT)) {
      const answer = await shop.request(`/embeds/client/${file}`)
      if (!/^[\w-]+\.(js|css)$/.test(file)) expect(answer.status).toBe(404)
      else expect(await answer.text()).toBe(readFileSync(new URL(file, CLIENT), 'utf8'))
    }
    for (const path of ['client/none.js', 'client/..%2froutes.js', 'apps/none.js', 'none']) {
      expect((await shop.request(`/embeds/${path}`)).status).toBe(404)
    }
  })

  it('let in the policies of what their bundle holds, and no other', async () => {
    for (const { name, trustedTypes = ['pay-button'] } of EMBEDS) {
      const { headers } = await shop.request(`/embeds/${name}`)
      expect(headers.get('content-security-policy')).toMatch(
        new RegExp(
          `style-src 'self';.*require-trusted-types-for 'script'; trusted-types ${trustedTypes.join(' ')}$`,
        ),
      )
    }
  })
})

describe('the order of a cart', () => {
  it('is one for what it holds, however often the page asks', async () => {
    const visit = await shop.request('/embeds/cart')
    const cookie = visit.headers.get('set-cookie')?.split(';')[0]
    const one = await order({ quantity: '1' }, cookie)
    expect(one).toMatch(/^[\w-]{16}\/HKD188$/)
    expect(await order({ quantity: 1 }, cookie)).toBe(one)
    expect(await order({ quantity: '2' }, cookie)).toMatch(/\/HKD376$/)
    expect(await order({ quantity: '1' }, cookie)).toBe(one)
    expect(await order({ quantity: '1' })).not.toBe(one)
  })

  it('is another once the payer starts again', async () => {
    const again = await shop.request('/embeds/cart/again?lang=id', { method: 'POST' })
    expect([again.status, again.headers.get('location')]).toEqual([303, '/embeds/cart?lang=id'])
    expect(again.headers.get('set-cookie')).toMatch(/^visitor=; Max-Age=0; Path=\/embeds/)
  })

  it('is refused where the cart holds nothing that the shop sells', async () => {
    for (const cart of [{}, { quantity: '0' }, { quantity: '4' }, { quantity: '1.5' }, 'x']) {
      expect(await order(cart)).toBe(400)
    }
  })

  it('fails where it is told to', async () => {
    expect(await order({ quantity: '1', down: 'on' })).toBe(503)
  })
})

describe('a price', () => {
  it('is counted in hundredths', async () => {
    const page = await text('/embeds/many?lang=en')
    expect(page.match(/<pay-button order="[^"]+"/g)).toHaveLength(130)
    for (const shown of ['$37.50', '$75<', 'NT$1,800', 'IDR 510,000', 'HK$1,128']) {
      expect(page.replaceAll('\u00a0', ' ')).toContain(shown)
    }
    expect(page).toContain('/USD37.50"')
  })
})
