import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { buildOrExit } from './build.mjs'
import { CHROMIUM_ARGS, ensureChromium } from './chromium.mjs'
import { freePort } from './free-port.mjs'
import { ROOT } from './run.mjs'

/** Takes the pictures of the README from the demo. */
const VIEWPORT = { width: 1100, height: 800 }

await buildOrExit()
const { startDemo } = await import('../demo/dist/demo.js')
const data = mkdtempSync(join(tmpdir(), 'pay-button-picture-'))
const [shop, pay, sandbox] = await Promise.all([freePort(), freePort(), freePort()])
const demo = await startDemo({
  DEMO_PORT: String(shop),
  PAY_PORT: String(pay),
  SANDBOX_PORT: String(sandbox),
  PAY_DATABASE_URL: `sqlite:${join(data, 'pay-button.db')}`,
})
const browser = await chromium.launch({
  executablePath: await ensureChromium(),
  args: CHROMIUM_ARGS,
})
for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  const page = await browser.newPage({ colorScheme, viewport: VIEWPORT, deviceScaleFactor: 1.5 })
  await page.goto(`${demo.url}/?lang=en`)
  await page.getByRole('button', { name: 'Buy' }).first().click()
  await page.getByRole('button', { name: 'Pay NT$300' }).click()
  await page.getByRole('radio', { name: 'Bank transfer' }).check()
  await page.screenshot({ path: join(ROOT, `docs/demo-${colorScheme}.png`) })
}
await browser.close()
await demo.close()
rmSync(data, { recursive: true })
