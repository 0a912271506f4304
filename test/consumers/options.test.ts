import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CHROMIUM_ARGS, ensureChromium } from '../../scripts/chromium.mjs'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const SCRIPT = `${HERE}../../dist/script/`
const SHOP = 'http://shop.example'
const ENDPOINT = 'http://pay.example'
const MANIFEST = JSON.parse(readFileSync(`${HERE}../../dist/manifest/custom-elements.json`, 'utf8'))
const EVENTS: string[] = MANIFEST.modules
  .flatMap(({ declarations = [] }) => declarations)
  .find(({ tagName }: { tagName?: string }) => tagName)
  .events.map(({ name }: { name: string }) => name)

const OFFER = { order: 'A-1', amount: { value: '300', currency: 'TWD' }, channels: [], paid: false }
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' }

/** What a page of `apps/options-*` offers the test. */
interface Options {
  show(props?: Record<string, unknown>, slots?: Record<string, string>): void | Promise<void>
  held(): (HTMLElement & { order: unknown; open(): void }) | null | undefined
}

let browser: Browser
let page: Page
let complaints: string[]

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: await ensureChromium(), args: CHROMIUM_ARGS })
})
afterAll(() => browser?.close())

describe.each([
  ['React 19', 'options-react-19', 'className'],
  ['React 18', 'options-react-18', 'className'],
  ['Vue', 'options-vue', 'class'],
  ['Vue 3.4', 'options-vue-3.4', 'class'],
])('%s', (_, name, className) => {
  beforeAll(() => openPage(name))
  afterAll(() => page.context().close())
  afterEach(async () => {
    await page.evaluate(() => (window as unknown as Options).show())
    expect(complaints).toEqual([])
  })

  it('sets every option, and takes it back', async () => {
    const strings = { payAmount: 'Buy for {amount}' }
    const own = { order: 'A-1', endpoint: ENDPOINT, channel: 'a:B', presentation: 'redirect' }
    await show({ ...own, disabled: true, strings })
    expect(await attributes()).toMatchObject({ ...own, disabled: '' })
    await page.getByRole('button', { name: 'Buy for NT$300', disabled: true }).waitFor()
    await show({ order: 'A-1', endpoint: ENDPOINT })
    expect(Object.keys(await attributes())).toEqual(
      expect.not.arrayContaining(['channel', 'disabled']),
    )
    expect(await attributes()).not.toMatchObject({ presentation: 'redirect' })
    await page.getByRole('button', { name: 'Pay NT$300', disabled: false }).waitFor()
  })

  it('takes a press where `disabled` is false', async () => {
    await show({ order: 'A-1', endpoint: ENDPOINT, disabled: false })
    expect(await attributes()).not.toHaveProperty('disabled')
    await show({ order: 'A-1', endpoint: ENDPOINT, disabled: true })
    await show({ order: 'A-1', endpoint: ENDPOINT, disabled: false })
    expect(await attributes()).not.toHaveProperty('disabled')
  })

  it('hands on what every element takes', async () => {
    const common = {
      id: 'x',
      lang: 'id',
      title: 'Bayar',
      'data-place': 'cart',
      'aria-label': 'Buy',
    }
    await show({
      ...common,
      endpoint: ENDPOINT,
      order: 'A-1',
      [className]: 'pay',
      style: { top: '1px' },
    })
    expect(await attributes()).toMatchObject({ ...common, class: 'pay', style: 'top: 1px;' })
    await page.getByRole('button', { name: 'Bayar NT$300' }).waitFor()
    await show({ endpoint: ENDPOINT, order: 'A-1' })
    expect(await attributes()).not.toMatchObject({ lang: expect.anything() })
    await page.getByRole('button', { name: 'Pay NT$300' }).waitFor()
  })

  it('keeps one purchase for an order function that each render writes anew', async () => {
    const [isSame, made] = await page.evaluate(async () => {
      const { show, held } = window as unknown as Options
      await show({ order: () => 'first' })
      const before = held()?.order
      await show({ order: () => 'second' })
      const after = held()?.order
      return [after === before, typeof after === 'function' && after()]
    })
    expect({ isSame, made }).toEqual({ isSame: true, made: 'second' })
  })

  it('hands each event to its listener of the moment', async () => {
    const listeners = EVENTS.map((type) => [
      type,
      `on-${type}`.replace(/-(\w)/g, (_, letter) => letter.toUpperCase()),
    ])
    const heard = await page.evaluate(async (listeners) => {
      const { show, held } = window as unknown as Options
      const heard: string[] = []
      for (const round of ['first', 'second', undefined]) {
        const listen = ({ type }: Event) => heard.push(`${round} ${type}`)
        await show(round ? Object.fromEntries(listeners.map(([, name]) => [name, listen])) : {})
        for (const [type = ''] of listeners) held()?.dispatchEvent(new Event(type))
      }
      return heard
    }, listeners)
    expect(heard).toEqual(
      ['first', 'second'].flatMap((round) => EVENTS.map((type) => `${round} ${type}`)),
    )
  })

  it('has the element as its ref while it stands', async () => {
    const held = await page.evaluate(async () => {
      const { show, held } = window as unknown as Options
      await show({ order: 'A-1' })
      const isElement = held() === document.querySelector('pay-button')
      const methods = ['open', 'close', 'refresh'].map(
        (name) => typeof Reflect.get(held() ?? {}, name),
      )
      await show()
      return { isElement, methods, after: held() ?? null }
    })
    const methods = ['function', 'function', 'function']
    expect(held).toEqual({ isElement: true, methods, after: null })
  })

  it('fills every slot', async () => {
    const opened = page.evaluate(
      () => new Promise((done) => addEventListener('pay-open', (event) => done(event.type))),
    )
    const own = { order: 'A-1', endpoint: ENDPOINT }
    await show(own, { default: 'Buy', waiting: 'Wait', paid: 'Thanks' })
    await page.getByRole('button', { name: 'Buy', exact: true }).waitFor()
    const slots = await page
      .locator('pay-button > [slot]')
      .evaluateAll((all) => all.map(({ slot, textContent }) => `${slot}: ${textContent}`))
    expect(slots.sort()).toEqual(['paid: Thanks', 'waiting: Wait'])
    await show(own, { trigger: 'Check out' })
    await page.getByText('Check out').click()
    expect(await opened).toBe('pay-open')
  })
})

describe.each([
  ['React 19', 'options-react-19'],
  ['React 18', 'options-react-18'],
  ['Vue', 'options-vue'],
])('%s beside the script tag', (_, name) => {
  it('uses the element that is defined already', async () => {
    await openPage(name, '<script type="module" src="/pay-button.js"></script>')
    const order = await page.evaluate(async () => {
      const { show, held } = window as unknown as Options
      await show({ order: () => 'made', strings: { payAmount: 'Buy' } })
      const order = held()?.order
      return typeof order === 'function' && order()
    })
    expect(order).toBe('made')
    await page.getByRole('button', { name: 'Buy' }).waitFor()
    await page.context().close()
    expect(complaints).toEqual([])
  })
})

/** Opens a built page, without a server, at a shop's address. */
async function openPage(name: string, head = ''): Promise<void> {
  page = await (await browser.newContext()).newPage()
  complaints = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', ({ message }) => complaints.push(message))
  await page.route(`${ENDPOINT}/orders/**`, (route) =>
    route.fulfill({ json: OFFER, headers: { 'access-control-allow-origin': '*' } }),
  )
  await page.route(`${SHOP}/**`, (route) => {
    const { pathname } = new URL(route.request().url())
    const path = pathname === '/' ? '/index.html' : pathname
    const isScript = path.startsWith('/pay-button') || path.startsWith('/pay/')
    const file = isScript ? SCRIPT + path : `${HERE}dist/${name}${path}`
    const body = readFileSync(file, 'utf8').replace('<head>', `<head>${head}`)
    return route.fulfill({ body, contentType: TYPES[extname(path)] ?? 'text/plain' })
  })
  await page.goto(SHOP)
  await page.waitForFunction(() => 'held' in window && customElements.get('pay-button'))
}

function show(props: Record<string, unknown>, slots: Record<string, string> = {}): Promise<void> {
  return page.evaluate(
    async ([props, slots]) => (window as unknown as Options).show(props, slots),
    [props, slots] as const,
  )
}

async function attributes(): Promise<Record<string, string>> {
  return page.locator('pay-button').evaluate(async (element) => {
    await Reflect.get(element, 'updateComplete')
    return Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]))
  })
}
