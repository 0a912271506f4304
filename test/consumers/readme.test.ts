import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../demo/dist/sandbox/index.js'
import { CHROMIUM_ARGS, ensureChromium } from '../../scripts/chromium.mjs'
import { pack } from '../../scripts/packages.mjs'
import { CHANNELS } from '../e2e/payer.js'
import { freePort } from '../free-port.js'
import { sectionOf } from './readme/blocks.js'
import { type Reader, readerIn } from './readme/reader.js'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const { blocks, commands } = sectionOf(new URL('../../README.md', import.meta.url), 'Use it')
const text = [...blocks.map((block) => block.text), ...commands].join('\n')

/** Where the README has its reader serve and be served; here those ports may be taken. */
const ports = new Map<string, string>()
const tarballs = new Map<string, string>()
let sandbox: Sandbox
let browser: Browser

beforeAll(async () => {
  for (const [, port = ''] of text.matchAll(/(?:localhost:|127\.0\.0\.1:|--port )(\d+)/g)) {
    if (!ports.has(port)) ports.set(port, String(await freePort()))
  }
  const [button = '', proxy = ''] = pack(['pay-button', 'pay-button-proxy'])
  tarballs.set('pay-button', button).set('pay-button-proxy', proxy)
  const providers = portOf(only(/_BASE_URL=(\S+)/))
  sandbox = await startSandbox({ port: Number(reads(providers)) })
  browser = await chromium.launch({ executablePath: await ensureChromium(), args: CHROMIUM_ARGS })
})
afterAll(async () => {
  await browser?.close()
  await sandbox?.close()
})

describe.each([
  { what: 'a static page', language: 'html', file: 'index.html' },
  { what: 'an app in React', language: 'tsx', file: 'App.tsx', app: 'reader-react' },
  { what: 'an app in Vue', language: 'vue', file: 'App.vue', app: 'reader-vue' },
])('who follows the README for $what', ({ language, file, app }) => {
  let folder: string
  let reader: Reader
  beforeAll(() => {
    // What a new app has of others, Vite too, is found above it.
    mkdirSync(`${HERE}dist`, { recursive: true })
    folder = mkdtempSync(`${HERE}dist/reader-`)
    reader = readerIn(folder, reads, { PAY_PORT: reads(portOf(endpoint())) })
  })
  afterAll(async () => {
    await reader?.leaves()
    rmSync(folder, { recursive: true })
  })

  it('is paid', { timeout: 180_000 }, async () => {
    if (app) cpSync(`${HERE}apps/${app}`, folder, { recursive: true })
    let printed = ''
    for (const block of blocks.filter((block) => block.language === 'sh')) {
      const serves = block.text.includes('PAY_PUBLIC_URL')
      printed = await reader.types(block.text, serves ? `${endpoint()}/readyz` : undefined)
    }
    if (app) await reader.types(command(/^npm install/))
    const [page, ...more] = blocks.filter((block) => block.language === language)
    expect(more).toEqual([])
    writeFileSync(
      join(folder, file),
      reads(page?.text.replace('ORDER_TOKEN', printed.trim()) ?? ''),
    )
    const origin = only(/PAY_ORIGINS=(\S+)/)
    await reader.types(command(/\bvite\b/), origin)
    await pay(reads(origin))
    expect(sandbox.orders().at(-1)?.status).toBe('paid')
  })
})

/** What stands here for what is published, and for ports. */
function reads(written: string): string {
  return written
    .replace(
      /npm install (pay-button\S*)/g,
      (_, name) => `npm install --prefix . ${tarballs.get(name)}`,
    )
    .replace(/\b\d{4,5}\b/g, (number) => ports.get(number) ?? number)
}

function endpoint(): string {
  return only(/PAY_PUBLIC_URL=(\S+)/)
}

function portOf(url: string): string {
  return new URL(url).port
}

function only(pattern: RegExp): string {
  const [, value] = pattern.exec(text) ?? []
  if (!value) throw new Error(`the README says no ${pattern}`)
  return value
}

function command(pattern: RegExp): string {
  const found = commands.find((each) => pattern.test(each))
  if (!found) throw new Error(`the README says no ${pattern}`)
  return found
}

/** As a payer: from the button to the word that it is paid. */
async function pay(shop: string): Promise<void> {
  const page: Page = await browser.newPage()
  const { name, answers } = CHANNELS.STORE
  await page.goto(shop)
  await page.getByRole('button', { name: 'Pay NT$300' }).click()
  await page.getByRole('radio', { name }).click()
  for (const [label, answer] of Object.entries(answers)) {
    await page.getByRole('textbox', { name: label, exact: true }).fill(answer)
  }
  const opened = page.waitForEvent('popup')
  await page.getByRole('button', { name: /^Continue to / }).click()
  const cashier = await opened
  await cashier
    .getByRole('button', { name: 'Approve payment' })
    .click()
    .catch((error) => {
      if (!cashier.isClosed()) throw error
    })
  await page.locator('pay-button[state=paid]').waitFor()
  await page.close()
}
