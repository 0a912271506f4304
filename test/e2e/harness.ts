import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { type Sandbox, startSandbox } from '../../demo/dist/sandbox/index.js'
import type { Browser, Payer, Traits } from '../browsers/browser.js'
import { launchBrowser } from '../browsers/launch.js'
import { Page } from '../browsers/page.js'
import { freePort } from '../free-port.js'
import { type CashierFront, startCashierFront } from './cashier-front.js'
import { type ProxyProgram, proxyProgram } from './proxy-program.js'
import { startTestShop, type TestShop, type Twist } from './test-shop.js'

/** Everything that a purchase needs, as a merchant runs it, and a payer with a browser. */
export interface ShopUnderTest {
  readonly url: string
  /** Where the shop is under a name of another site. */
  readonly foreignUrl: string
  readonly sandbox: Sandbox
  readonly cashier: CashierFront
  readonly proxy: ProxyProgram
  readonly payUrl: string
  readonly payer: Payer
  /** How this test's shop is other than the demo's; takes effect with the next page. */
  twist: Twist
  /** Says that this complaint is part of the test. */
  expectComplaint(complaint: RegExp): void
  /** Puts a tea in the basket: the page of a new order. */
  newOrder(tea?: string): Promise<Page>
  /** Opens an address of the shop in a window of its own. */
  visit(address: string): Promise<Page>
  /** Has the payer come with another browser. */
  comeAs(traits: Traits): Promise<void>
  /** What the provider was sent for the last order. */
  sentToProvider(): Readonly<Record<string, string>>
}

const TEA = 'Alishan high mountain oolong'

/**
 * A shop, its proxy as a program, providers and one browser for the tests of a file, a payer for
 * each test. Whatever the browser complains of, such as a breach of the shop's policy, fails it.
 */
export function useShop(): ShopUnderTest {
  let place: Place
  let browser: Browser
  let payer: Payer
  let expected: RegExp[]

  beforeAll(async () => {
    place = await openPlace()
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await place?.close()
  })
  beforeEach(async () => {
    expected = []
    payer = await browser.newPayer()
  })
  afterEach(async () => {
    await payer?.close()
    const complaints = [...payer.complaints, ...place.shop.complaints.splice(0)]
    place.shop.twist = {}
    place.cashier.headers = {}
    expect(complaints.filter((text) => !expected.some((known) => known.test(text)))).toEqual([])
  })

  const visit = async (address: string) => {
    const tab = await payer.newTab()
    await tab.goto(new URL(address, place.url).href)
    return new Page(tab, payer)
  }
  return {
    visit,
    get url() {
      return place.url
    },
    get foreignUrl() {
      return place.url.replace('localhost', '127.0.0.1')
    },
    get sandbox() {
      return place.sandbox
    },
    get cashier() {
      return place.cashier
    },
    get proxy() {
      return place.proxy
    },
    get payUrl() {
      return place.payUrl
    },
    get payer() {
      return payer
    },
    get twist() {
      return place.shop.twist
    },
    set twist(twist) {
      place.shop.twist = twist
    },
    expectComplaint: (complaint) => void expected.push(complaint),
    async newOrder(tea = TEA) {
      return visit(await place.order(tea))
    },
    async comeAs(traits) {
      await payer.close()
      payer = await browser.newPayer(traits)
    },
    sentToProvider: () => place.sandbox.orders().at(-1)?.fields ?? {},
  }
}

interface Place {
  url: string
  payUrl: string
  sandbox: Sandbox
  cashier: CashierFront
  proxy: ProxyProgram
  shop: TestShop
  /** Places an order; its page's address. */
  order(tea: string): Promise<string>
  close(): Promise<void>
}

async function openPlace(): Promise<Place> {
  const [shopPort, payPort] = await Promise.all([freePort(), freePort()])
  const data = mkdtempSync(join(tmpdir(), 'pay-button-e2e-'))
  const url = `http://localhost:${shopPort}`
  const payUrl = `http://localhost:${payPort}/pay`
  const [secret, orderSecret] = [newSecret(), newSecret()]
  const webhookSecret = `whsec_${randomBytes(32).toString('base64')}`
  const sandbox = await startSandbox({ port: 0, ipLimits: 'off' })
  const cashier = await startCashierFront(sandbox.url)
  const shop = await startTestShop({ port: shopPort, payUrl, orderSecret, webhookSecret })
  const proxy = proxyProgram({
    ...behind(cashier, sandbox),
    PAY_MODE: 'test',
    PAY_PORT: String(payPort),
    PAY_PUBLIC_URL: payUrl,
    PAY_ORIGINS: `${url},${url.replace('localhost', '127.0.0.1')}`,
    PAY_SECRET: secret,
    PAY_ORDER_SECRET: orderSecret,
    PAY_SHOP_NAME: 'Mistridge Tea',
    PAY_DATABASE_URL: `sqlite:${join(data, 'pay-button.db')}`,
    PAY_WEBHOOK_URL: `http://127.0.0.1:${shopPort}/webhook`,
    PAY_WEBHOOK_SECRET: webhookSecret,
    PAY_QUERY_SCHEDULE: '1s',
    VEXORA_TAIWAN_IP_LIMITS: 'off',
  })
  await proxy.start()
  return {
    url,
    payUrl,
    sandbox,
    cashier,
    proxy,
    shop,
    async order(tea) {
      const shelf = await (await fetch(`${url}/?lang=en`)).text()
      const item = shelf.split('<li').find((part) => part.includes(tea))
      const product = item?.match(/name="product" value="([^"]+)"/)?.[1]
      if (!product) throw new Error(`the shop has no ${tea}`)
      const body = new URLSearchParams({ product })
      return (await fetch(`${url}/orders?lang=en`, { method: 'POST', body })).url
    },
    async close() {
      await proxy.stop()
      await Promise.all([shop.close(), cashier.close(), sandbox.close()])
      await rm(data, { recursive: true })
    },
  }
}

/** The sandbox's settings for a proxy that sees only the front. */
function behind(front: CashierFront, { environment, url }: Sandbox): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, value.replaceAll(url, front.url)]),
  )
}

function newSecret(): string {
  return randomBytes(32).toString('hex')
}
