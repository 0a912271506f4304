import { randomBytes } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { type Order, type Sandbox, startSandbox } from '../../demo/dist/sandbox/index.js'
import type { Browser, Payer, Tab, Traits } from '../browsers/browser.js'
import { launchBrowser } from '../browsers/launch.js'
import { Page } from '../browsers/page.js'
import { freePort } from '../free-port.js'
import { type Front, startFront } from './front.js'
import { type ProxyProgram, proxyProgram } from './proxy-program.js'
import { startTestShop, type TestShop, type Twist } from './test-shop.js'

/** Everything that a purchase needs, as a merchant runs it, and a payer with a browser. */
export interface ShopUnderTest {
  readonly url: string
  /** Where the shop is under a name of another site. */
  readonly foreignUrl: string
  readonly sandbox: Sandbox
  /** What the shop's server was asked since the test began, oldest first. */
  asked(): readonly string[]
  /** Between the browser and the providers' cashier pages. */
  readonly cashier: Front
  /** Between the browser and the proxy. */
  readonly pay: Front
  readonly proxy: ProxyProgram
  /** The payer's open windows. */
  tabs(): Promise<Tab[]>
  /** How this test's shop is other than the demo's; takes effect with the next page. */
  twist: Twist
  /** Says that this complaint is part of the test. */
  expectComplaint(complaint: RegExp): void
  /** Puts a tea in the basket: the page of a new order. */
  newOrder(tea?: string): Promise<Page>
  /** Where the page of a new order is. */
  orderAddress(tea?: string): Promise<string>
  /** Opens an address of the shop in a window of its own. */
  visit(address: string): Promise<Page>
  /** Has the payer come with a browser like this; before the first page. */
  comeAs(traits: Traits): void
  /** What the providers have in their books since the test began, oldest first. */
  booked(): Order[]
  /** What the provider was sent for the last order. */
  sentToProvider(): Readonly<Record<string, string>>
}

const TEA = 'Alishan high mountain oolong'

/**
 * A shop, its proxy as a program, providers and one browser for the tests of a file, a payer for
 * each test. Whatever the browser complains of, such as a breach of the shop's policy, fails it.
 */
export function shopForTests(): ShopUnderTest {
  let place: Place
  let browser: Browser
  let traits: Traits
  let payer: Payer | undefined
  let expected: RegExp[]
  let bookedBefore: number

  beforeAll(async () => {
    place = await openPlace()
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await place?.close()
  })
  beforeEach(() => {
    traits = {}
    expected = []
    bookedBefore = place.sandbox.orders().length
    place.shop.asked.splice(0)
    place.pay.asked.splice(0)
  })
  afterEach(async ({ task }) => {
    const leaving = payer
    payer = undefined
    if (leaving && task.result?.state === 'fail') console.error(await lastSeen(leaving))
    await leaving?.close()
    const complaints = [...(leaving?.complaints ?? []), ...place.shop.complaints.splice(0)]
    place.shop.twist = {}
    place.cashier.headers = {}
    place.pay.breaks = () => false
    expect(complaints.filter((text) => !expected.some((known) => known.test(text)))).toEqual([])
  })

  const visit = async (address: string) => {
    payer ??= await browser.newPayer(traits)
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
    asked: () => place.shop.asked,
    get sandbox() {
      return place.sandbox
    },
    get cashier() {
      return place.cashier
    },
    get proxy() {
      return place.proxy
    },
    get pay() {
      return place.pay
    },
    tabs: async () => (await payer?.tabs()) ?? [],
    get twist() {
      return place.shop.twist
    },
    set twist(twist) {
      place.shop.twist = twist
    },
    expectComplaint: (complaint) => void expected.push(complaint),
    orderAddress: (tea = TEA) => place.order(tea),
    async newOrder(tea = TEA) {
      return visit(await place.order(tea))
    },
    comeAs(other) {
      traits = other
    },
    booked: () => place.sandbox.orders().slice(bookedBefore),
    sentToProvider: () => place.sandbox.orders().at(-1)?.fields ?? {},
  }
}

/** What stood in each window of a test that failed. */
async function lastSeen(payer: Payer): Promise<string> {
  const seen = (await payer.tabs()).map((tab) =>
    new Page(tab, payer)
      .evaluate(() => {
        const button = document.querySelector('pay-button')
        const dialog = button?.shadowRoot?.querySelector('dialog')
        const said = dialog?.open ? dialog.textContent : button?.shadowRoot?.textContent
        const log = document.querySelector('#page-log')?.textContent
        return [location.href, document.title, button?.getAttribute('state'), said, log]
          .map((text) => (text ?? '').replace(/\s+/g, ' '))
          .join('\n  ')
      })
      .catch(String),
  )
  return ['Last seen:', ...(await Promise.all(seen))].join('\n')
}

interface Place {
  url: string
  sandbox: Sandbox
  cashier: Front
  pay: Front
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
  const pay = await startFront(payPort)
  const payUrl = `http://localhost:${pay.port}/pay`
  const [secret, orderSecret] = [newSecret(), newSecret()]
  const webhookSecret = `whsec_${randomBytes(32).toString('base64')}`
  const sandbox = await startSandbox({ port: 0, ipLimits: 'off' })
  const cashier = await startFront(Number(new URL(sandbox.url).port))
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
    sandbox,
    cashier,
    pay,
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
      await Promise.all([shop, cashier, pay, sandbox].map((each) => each.close()))
      await rm(data, { recursive: true })
    },
  }
}

/** The sandbox's settings for a proxy that sees only the front. */
function behind({ port }: Front, { environment, url }: Sandbox): Record<string, string> {
  const seen = `http://127.0.0.1:${port}`
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [name, value.replaceAll(url, seen)]),
  )
}

function newSecret(): string {
  return randomBytes(32).toString('hex')
}
