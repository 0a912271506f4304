import { once } from 'node:events'
import { mkdtempSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import axe, { type AxeResults } from 'axe-core'
import {
  type Browser,
  type BrowserContext,
  chromium,
  type FrameLocator,
  type Page,
} from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Demo, startDemo } from '../../demo/dist/demo.js'
import { CHROMIUM_ARGS, ensureChromium } from '../../scripts/chromium.mjs'
import { engine } from '../browsers/browser.js'
import { freePort } from '../free-port.js'

const MANIFEST = new URL('../../dist/manifest/custom-elements.json', import.meta.url)

/** What is asked of it here. */
interface Manifest {
  modules: {
    declarations: ({ tagName?: string } & Record<
      'attributes' | 'cssProperties' | 'slots',
      { name: string }[]
    >)[]
  }[]
}

// How windows behave in other engines is tried on the shop's own pages.
describe.runIf(engine === 'chromium')('the playground', () => {
  let demo: Demo
  /** Somebody's own site. */
  let emptySite: Server
  let emptyUrl: string
  let emptyPage = ''
  let browser: Browser
  let data: string
  beforeAll(async () => {
    const [shop, pay, sandbox] = await Promise.all([freePort(), freePort(), freePort()])
    emptySite = createServer((_, answer) => {
      answer.setHeader('Content-Type', 'text/html; charset=utf-8').end(emptyPage)
    })
    emptySite.listen(0, '127.0.0.1')
    await once(emptySite, 'listening')
    emptyUrl = `http://localhost:${(emptySite.address() as AddressInfo).port}`
    data = mkdtempSync(join(tmpdir(), 'pay-button-playground-'))
    demo = await startDemo({
      DEMO_PORT: String(shop),
      PAY_PORT: String(pay),
      SANDBOX_PORT: String(sandbox),
      PAY_ORIGINS: `http://localhost:${shop},${emptyUrl}`,
      PAY_DATABASE_URL: `sqlite:${join(data, 'pay-button.db')}`,
    })
    browser = await chromium.launch({
      executablePath: await ensureChromium(),
      args: CHROMIUM_ARGS,
    })
  })
  afterAll(async () => {
    await browser?.close()
    await demo?.close()
    emptySite.close()
    await rm(data, { recursive: true })
  })

  let context: BrowserContext
  let page: Page
  let preview: FrameLocator
  let complaints: string[]
  beforeEach(async () => {
    complaints = []
    context = await browser.newContext({
      baseURL: demo.url,
      permissions: ['clipboard-read', 'clipboard-write'],
      viewport: { width: 1280, height: 1000 },
    })
    context.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    context.on('weberror', (error) => complaints.push(String(error.error())))
    page = await context.newPage()
    preview = page.frameLocator('#frame')
  })
  afterEach(async () => {
    await context.close()
    expect(complaints).toEqual([])
  })

  /** Opens it with these settings, and waits for the button. */
  async function open(settings: Record<string, string> = {}): Promise<void> {
    await page.goto(`/playground?${new URLSearchParams(settings)}`)
    await preview.locator('[part=button]').waitFor()
    await expect.poll(() => page.locator('#markup .token').textContent()).toBeTruthy()
  }

  async function markup(form = 'HTML'): Promise<string> {
    await page.getByText(form, { exact: true }).click()
    await page.getByRole('button', { name: 'Copy', exact: true }).click()
    await page.getByText('Markup copied.').waitFor()
    return page.evaluate(() => navigator.clipboard.readText())
  }

  const told = (log: string) => page.locator(`#${log} strong`).allTextContents()

  /** An order that asks the payer for nothing, paid by the sandbox's own payer. */
  const ONE_PRESS = { currency: 'HKD', amount: '188', 'sandbox.payer': 'pays' }

  it('sets the button, the address and the markup, in the forms that frameworks take', async () => {
    await open()
    const button = preview.locator('pay-button')
    await page.getByLabel('presentation').selectOption('redirect')
    await page.getByLabel('disabled').check()
    await page.getByLabel('--pay-radius').fill('2rem')
    await page.getByLabel('color-scheme').selectOption('dark')
    await page.getByRole('heading', { name: 'Words' }).click()
    await page.getByLabel('default slot').fill('Buy <now>')
    await page.getByLabel('strings.submit').fill('On to {operator}')

    await expect.poll(() => button.getAttribute('presentation')).toBe('redirect')
    expect(await button.isDisabled()).toBe(false)
    expect(await preview.getByRole('button', { name: 'Buy <now>' }).isDisabled()).toBe(true)
    expect(
      await button.evaluate((element) => [
        getComputedStyle(element).colorScheme,
        element.style.getPropertyValue('--pay-radius'),
        (element as HTMLElement & { strings: object }).strings,
      ]),
    ).toEqual(['dark', '2rem', { submit: 'On to {operator}' }])

    const token = await button.getAttribute('order')
    const pay = new URL((await page.locator('html').getAttribute('data-pay-url')) ?? '')
    expect(await markup()).toBe(`<script type="module" src="${pay}/pay-button.js"></script>
<style>
  pay-button {
    color-scheme: dark;
    --pay-radius: 2rem;
  }
</style>
<pay-button
  order="${token}"
  presentation="redirect"
  disabled
>
  Buy &lt;now>
</pay-button>
<script type="module">
  document.querySelector('pay-button').strings = { submit: 'On to {operator}' }
</script>`)
    expect(await markup('React')).toBe(`import { PayButton } from 'pay-button/react'

export function Checkout() {
  return (
    <PayButton
      order="${token}"
      endpoint="${pay}"
      presentation="redirect"
      disabled
      strings={{ submit: 'On to {operator}' }}
      style={{ colorScheme: 'dark', '--pay-radius': '2rem' }}
    >
      {'Buy <now>'}
    </PayButton>
  )
}`)
    expect(await markup('Vue')).toBe(`<script setup>
import { PayButton } from 'pay-button/vue'
</script>

<template>
  <PayButton
    order="${token}"
    endpoint="${pay}"
    presentation="redirect"
    disabled
    :strings="{ submit: 'On to {operator}' }"
    style="color-scheme: dark; --pay-radius: 2rem"
  >
    Buy &lt;now>
  </PayButton>
</template>`)

    // Whoever gets the link sees the same, with an order of their own.
    const shared = await context.newPage()
    await shared.goto(page.url())
    const theirs = shared.frameLocator('#frame').locator('pay-button')
    await expect.poll(() => theirs.getAttribute('presentation')).toBe('redirect')
    expect(await theirs.textContent()).toBe('Buy <now>')
    expect(await theirs.getAttribute('order')).not.toBe(token)
    await page.getByRole('link', { name: 'Start over' }).click()
    await expect.poll(async () => (await markup()).split('\n')).toHaveLength(2)
  })

  it('has a control for all that the manifest has', async () => {
    await open()
    const names = await page
      .locator('#settings :is(input, select)[name]')
      .evaluateAll((controls) => controls.map((control) => control.getAttribute('name')))
    const manifest: Manifest = JSON.parse(readFileSync(MANIFEST, 'utf8'))
    const element = manifest.modules
      .flatMap(({ declarations }) => declarations)
      .find(({ tagName }) => tagName === 'pay-button')
    if (!element) throw new Error('the manifest has no element')
    const own = element.attributes.filter(({ name }) => !['order', 'state'].includes(name))
    expect(names).toEqual(
      expect.arrayContaining([
        ...own.map(({ name }) => `attr.${name}`),
        ...element.cssProperties.map(({ name }) => name),
        ...element.slots.map(({ name }) => `slot.${name}`),
      ]),
    )
    expect(own.length).toBeGreaterThan(3)
  })

  it('gives markup that works in an empty page', async () => {
    await open({ ...ONE_PRESS, 'strings.payAmount': 'Give {amount}', '--pay-accent': '#8a1c4a' })
    const pasted = await markup()
    emptyPage = `<!doctype html><title>Empty</title><link rel="icon" href="data:,">${pasted}`
    const empty = await context.newPage()
    await empty.goto(emptyUrl)
    const button = empty.getByRole('button', { name: 'Give HK$188' })
    await button.waitFor()
    expect(await button.evaluate((part) => getComputedStyle(part).backgroundColor)).toBe(
      'rgb(138, 28, 74)',
    )
  })

  it('shows the events, in full, and what the shop’s server hears of a payer that pays', async () => {
    await open(ONE_PRESS)
    await preview.getByRole('button', { name: 'Pay HK$188' }).click()
    await expect
      .poll(() => told('page-log'), { timeout: 15_000 })
      .toEqual(['pay-open', 'pay-submit', 'pay-pending', 'pay-success'])
    await expect.poll(() => told('server-log')).toEqual(['payment.succeeded'])
    await page.locator('#page-log summary').last().click()
    const detail = JSON.parse((await page.locator('#page-log pre').last().textContent()) ?? '')
    expect(detail).toMatchObject({
      payment: { id: expect.any(String), status: 'succeeded', amount: { currency: 'HKD' } },
    })
    // The order is still there when the page is read again.
    await page.reload()
    await expect.poll(() => preview.locator('pay-button').getAttribute('state')).toBe('paid')
  })

  it('cancels what is ticked, and has a submission wait or fail', async () => {
    await open({ ...ONE_PRESS, cancel: 'pay-open' })
    await preview.getByRole('button', { name: 'Pay HK$188' }).click()
    await expect.poll(() => page.locator('#page-log li').textContent()).toContain('canceled')

    await page.getByRole('heading', { name: 'What your page does' }).click()
    await page.getByLabel('cancel pay-open').uncheck()
    await page.getByLabel('waits for').selectOption('reject')
    await preview.getByRole('button', { name: 'Pay HK$188' }).click()
    await expect
      .poll(() => told('page-log'))
      .toEqual(['pay-open', 'pay-open', 'pay-submit', 'pay-error'])
    expect(demo.sandbox.orders().filter(({ status }) => status === 'open')).toEqual([])
  })

  it('has the next payment meet what was chosen, and only that one', async () => {
    await open({ currency: 'HKD', amount: '188' })
    await page.getByLabel('The provider’s answer').selectOption('link')
    await preview.getByRole('button', { name: 'Pay HK$188' }).click()
    await expect.poll(() => told('server-log')).toEqual(['payment.failed'])
    const { details, ...failed } = demo.sandbox.orders().at(-1) ?? {}
    expect(failed).toMatchObject({ currency: 'HKD', status: 'open' })

    // A payment's own provider is what it can meet.
    const refuses = page.getByRole('option', { name: 'Refuses the payment' })
    expect(await refuses.isDisabled()).toBe(true)
    await page.getByLabel('Currency').selectOption('TWD')
    await expect.poll(() => preview.locator('[part=button]').textContent()).toContain('NT$300')
    expect(await refuses.isDisabled()).toBe(false)
  })

  it('comes back with its settings from a payment in the same tab', async () => {
    await open({ ...ONE_PRESS, 'sandbox.payer': '', 'attr.presentation': 'redirect' })
    await page.getByLabel('--pay-width').fill('20rem')
    await preview.getByRole('button', { name: 'Pay HK$188' }).click()
    await page.getByRole('button', { name: 'Approve payment' }).click()
    await page.waitForURL(/\/playground\?/)
    await expect.poll(() => preview.locator('pay-button').getAttribute('state')).toBe('paid')
    expect(await page.getByLabel('--pay-width').inputValue()).toBe('20rem')
    expect(page.url()).not.toContain('payment=')
  })

  it.each([
    ['paid', 'paid'],
    ['closed', 'order-token-expired'],
    ['unknown', 'order-token-invalid'],
  ])('shows an order that is %s', async (kind, shown) => {
    await page.goto(`/playground?kind=${kind}`)
    const button = preview.locator('pay-button')
    if (kind === 'paid') {
      await expect.poll(() => button.getAttribute('state'), { timeout: 10_000 }).toBe(shown)
      return
    }
    await preview.getByRole('button', { name: 'Pay' }).click()
    await expect.poll(() => page.locator('#page-log').textContent()).toContain(shown)
    // The browser's own word for an answer of 400 or 410.
    complaints = complaints.filter((text) => !/status of 4/.test(text))
  })

  it.each(['light', 'dark'] as const)(
    'has no fault that axe finds, %s, on a phone too',
    async (colorScheme) => {
      const bare = await browser.newContext({ baseURL: demo.url, colorScheme, bypassCSP: true })
      const seen = await bare.newPage()
      await seen.goto('/playground?sandbox.payer=pays&--pay-accent=%238a1c4a')
      await seen.frameLocator('#frame').locator('[part=button]').waitFor()
      await seen.evaluate(() => {
        for (const group of document.querySelectorAll('details')) group.open = true
      })
      await seen.evaluate(axe.source)
      for (const width of [1280, 390]) {
        await seen.setViewportSize({ width, height: 900 })
        const { violations } = await seen.evaluate(
          () => (window as unknown as { axe: typeof axe }).axe.run() as Promise<AxeResults>,
        )
        expect(
          violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)),
        ).toEqual([])
        const wider = await seen.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(wider).toBe(0)
      }
      await bare.close()
    },
  )
})
