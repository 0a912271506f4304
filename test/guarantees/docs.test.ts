import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paymentSchema } from '../../src/contract/payment.js'
import { readEnvironment } from '../../src/proxy/environment/environment.js'
import { commandFaults, environmentFileIn, variablesIn } from './docs/commands.js'
import { anchorsOf, type Block, blocksOf, PAGES, ROOT, read, targetsOf } from './docs/pages.js'
import { documentedPolicy, openBrowser, tryMarkup } from './docs/shop-pages.js'
import { templateNames, typeFaults } from './docs/types.js'
import { askedVariables, configured, describedVariables } from './docs/variables.js'

const blocks = PAGES.flatMap(blocksOf)
const tried = blocks.filter(({ notRun }) => !notRun)
const of = (...languages: string[]) => tried.filter(({ language }) => languages.includes(language))

const { modules } = JSON.parse(read('dist/manifest/custom-elements.json')) as {
  modules: { declarations: Record<string, { name: string }[]>[] }[]
}
const element = modules.flatMap(({ declarations }) => declarations).find((each) => each.tagName)
const namesOf = (kind: string) => (element?.[kind] ?? []).map(({ name }) => name)

const variables = describedVariables()
const EXAMPLES = Object.fromEntries(variables.map(({ name, example }) => [name, example]))
/** With every provider on, and no more. */
const LEAST = {
  PAY_MODE: 'test',
  ...Object.fromEntries(
    variables
      .filter((each) => each.default === 'required')
      .map(({ name }) => [name, EXAMPLES[name] ?? '']),
  ),
}

/** What is done with each language of a block; another one has no way to be tried. */
const WAYS = ['ts', 'tsx', 'vue', 'html', 'css', 'sh', 'console', 'json', 'http']

describe('the pages', () => {
  it('have a way to try each of their blocks, or say why not', () => {
    const untold = tried.filter(({ language }) => !WAYS.includes(language)).map(({ at }) => at)
    expect(untold).toEqual([])
    expect(blocks.filter(({ notRun }) => notRun).map(({ at }) => at)).toEqual([])
    expect(tried.length).toBeGreaterThan(20)
  })

  it('have their tables as the sources have them', async () => {
    const args = [join(ROOT, 'scripts/tables.mjs'), '--check']
    const said = await promisify(execFile)('node', args, { cwd: ROOT }).catch(
      ({ stdout }) => stdout,
    )
    expect(said).toMatchObject({ stdout: '' })
  }, 60_000)

  it.each(PAGES)('%s links to what is there', (path) => {
    const lost = targetsOf(read(path)).filter((target) => {
      const [file = '', anchor] = target.split('#')
      const aim = file ? normalize(join(dirname(path), decodeURI(file))) : path
      if (!existsSync(join(ROOT, aim))) return true
      return anchor !== undefined && !anchorsOf(read(aim)).includes(anchor)
    })
    expect(lost).toEqual([])
  })

  it('begin with one of a screen', () => {
    expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(80)
  })
})

describe('snippets', () => {
  it('compile against the built packages', async () => {
    expect(await typeFaults(of('ts', 'tsx', 'vue'))).toEqual([])
  }, 60_000)

  it('in Vue name what the element has', () => {
    const listeners = namesOf('events').map((name) => `@${name}`)
    const options = namesOf('attributes').flatMap((name) => [name, `:${name}`])
    const known = [...listeners, ...options, 'ref']
    const unknown = of('vue').flatMap(({ text }) =>
      templateNames(text).filter((name) => !known.includes(name)),
    )
    expect(unknown).toEqual([])
  })

  describe('of markup, under the policy that the page gives,', () => {
    let browser: Browser
    beforeAll(async () => {
      browser = await openBrowser()
    })
    afterAll(() => browser?.close())

    it.each(of('html'))('are buttons that take a press: $at', async (block) => {
      const { elements, upgraded, pressed, complaints } = await tryMarkup(browser, block)
      expect(complaints).toEqual([])
      expect(elements).toBeGreaterThan(0)
      expect({ upgraded, pressed }).toEqual({ upgraded: elements, pressed: elements })
    })

    it.each(of('css'))('are rules, and name what the element has: $at', async ({ text }) => {
      const page = await browser.newPage()
      const kept = await page.evaluate((css) => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(css)
        return [...sheet.cssRules].map((rule) => rule.cssText).join('\n')
      }, text)
      await page.close()
      const count = (css: string) => css.match(/[\w-]+:\s[^;{]+;/g)?.length
      expect(count(kept)).toBe(count(text))
      const named = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name)
      expect(namesOf('cssProperties')).toEqual(expect.arrayContaining(named(/(--pay-[\w-]+):/g)))
      expect(namesOf('cssParts')).toEqual(expect.arrayContaining(named(/::part\(([\w-]+)\)/g)))
    })
  })

  it.each(of('sh', 'console'))('of the shell name what there is: $at', ({ text, language }) => {
    const shown = language === 'console' ? (text.split('\n')[0] ?? '') : text
    expect(commandFaults(shown)).toEqual([])
    const unknown = Object.keys(variablesIn(shown)).filter((name) => !(name in EXAMPLES))
    expect(unknown).toEqual([])
  })

  it('that write an .env write one that the program starts with', () => {
    const files = of('sh').flatMap(({ text }) => environmentFileIn(text) ?? [])
    expect(files).toHaveLength(1)
    for (const file of files) {
      const { options, ignored } = readEnvironment(variablesIn(file))
      expect(ignored).toEqual([])
      expect(options.providers).toHaveLength(1)
    }
  })

  it.each(of('json'))('of JSON are as their readers want them: $at', ({ text, at }) => {
    expect(faultsOf(JSON.parse(text), at)).toEqual([])
  })

  it('of headers are the policy that markup is tried under', () => {
    expect(of('http')).toHaveLength(1)
    expect(documentedPolicy()).toContain("require-trusted-types-for 'script'")
  })
})

/** What is wrong with JSON of one of the two kinds that the pages show. */
function faultsOf(json: Record<string, unknown>, at: Block['at']): string[] {
  if ('html.customData' in json) {
    const files = Object.values(json).flat().map(String)
    return files.filter((file) => !existsSync(file.replace('./node_modules/pay-button', ROOT)))
  }
  const { type, data } = json as { type?: string; data?: { payment: unknown } }
  if (!type?.startsWith('payment.')) return [`${at} is of no kind`]
  return paymentSchema.safeParse(data?.payment).success ? [] : [`${at} holds no payment`]
}

describe('the variables', () => {
  it('of the page are those that the program asks for', () => {
    expect(Object.keys(EXAMPLES).sort()).toEqual(askedVariables(EXAMPLES).sort())
  })

  it('that are required are missed', () => {
    for (const [name] of Object.entries(LEAST).filter(([each]) => each !== 'PAY_MODE')) {
      expect(() => readEnvironment({ ...LEAST, [name]: '' })).toThrow(new RegExp(`^${name} `))
    }
  })

  it.each(variables.filter((each) => each.default.startsWith('`')))(
    'have the default that the page gives: $name',
    ({ name, default: standard }) => {
      const value = standard.slice(1, -1)
      if (name === 'PAY_MODE') return expect(value).toBe('live')
      expect(configured({ ...LEAST, [name]: value })).toEqual(configured(LEAST))
    },
  )
})

it('every fault of the button is in its table', () => {
  const page = read('src/button/README.md')
  const codes = ['pay-button', 'order-session', 'checkout/purchase', 'checkout/client'].flatMap(
    (file) =>
      [...read(`src/button/${file}.ts`).matchAll(/(?:code: |#fail\()'([\w-]+)'/g)].map(
        ([, code]) => code,
      ),
  )
  expect(codes.length).toBeGreaterThan(5)
  expect(codes.filter((code) => !page.includes(`| \`${code}\` |`))).toEqual([])
})
