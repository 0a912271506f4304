import { afterAll, beforeAll, expect, it } from 'vitest'
import { LANGUAGES, openWall, show, type Wall } from './wall.js'

let wall: Wall
beforeAll(async () => {
  wall = await openWall()
})
afterAll(() => wall?.close())

const CODE = '8558010100012839'

it('copies the whole code, and says so', async () => {
  const page = await wall.newPage({ permissions: ['clipboard-read', 'clipboard-write'] })
  await show(page, 'code-account')
  await page.getByRole('button', { name: 'Copy' }).click()
  await page.getByRole('status').filter({ hasText: 'Copied' }).waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(CODE)
})

it.each(LANGUAGES)('prints the code on one page in %s', async (language) => {
  const page = await wall.newPage()
  // The sheet closes once it is printed; here it is looked at.
  await page.context().addInitScript(() => {
    window.print = () => {}
  })
  await show(page, 'code-store', { language })
  const opened = page.waitForEvent('popup')
  await page.locator('pay-button-code button').nth(1).click()
  const sheet = await opened
  const text = (await sheet.locator('body').textContent())?.replace(/\s+/g, ' ')
  expect(text).toContain('Alfamart')
  expect(text).toContain('0001 2819')
  expect(text).toContain('Mistridge Tea')
  // A window of its own can't be printed by the driver; what stands in it can.
  await page.setContent(await sheet.content())
  const pdf = (await page.pdf({ format: 'A5' })).toString('latin1')
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
})

it('offers the share sheet where the system has one, in the click', async () => {
  const page = await wall.newPage()
  await page.addInitScript(() => {
    const shared: object[] = []
    Object.assign(window, { shared })
    Object.assign(navigator, {
      canShare: () => true,
      share: async (data: ShareData) => {
        if (!navigator.userActivation.isActive) throw new DOMException('', 'NotAllowedError')
        shared.push(data)
      },
    })
  })
  await show(page, 'code-account')
  await page.getByRole('button', { name: 'Share' }).click()
  const [shared] = await page.evaluate<ShareData[]>('shared')
  expect(shared?.title).toBe('BNI')
  expect(shared?.text?.split('\n')).toEqual([
    expect.stringMatching(/^BNI – IDR\s85,000$/),
    CODE,
    expect.stringContaining('Nov 22, 2026'),
  ])
})

it('offers no share sheet where there is none', async () => {
  const page = await wall.newPage()
  await show(page, 'code-account')
  expect(await page.getByRole('button', { name: 'Share' }).count()).toBe(0)
})
