import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { labels } from '../../src/button/strings/labels.js'
import { ENDINGS } from '../../src/contract/ending.js'
import { CHANNEL_KINDS } from '../../src/contract/offer.js'
import { payerFormats } from '../../src/contract/payer-fields.js'
import { PROBLEMS } from '../../src/contract/problem.js'
import { staticTexts } from './static-texts.js'

type Sentences = Record<string, string>

const BUTTON = fileURLToPath(new URL('../../src/button', import.meta.url))
const LANGUAGES = ['en', 'zh-Hant-TW', 'zh-HK', 'zh-Hans', 'id'] as const

const files = readdirSync(BUTTON, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && !/\.test\.ts$|^testing\//.test(name),
)
const isWords = (name: string) => /(^|\/)strings\//.test(name)
const sources = files
  .filter((name) => !isWords(name))
  .map((name) => ({ name, text: readFileSync(join(BUTTON, name), 'utf8') }))
const code = sources.map(({ text }) => text).join('\n')

/** Every chunk's words: `strings/`, `strings/endings-` … → language → its sentences. */
const sets = new Map<string, Map<string, Sentences>>([
  ['strings/labels', new Map(Object.entries(labels).map(([tag, own]) => [tag, { ...own }]))],
])
/** Files in a `strings` folder that are of no language. */
const strays: string[] = []
for (const name of files.filter(isWords)) {
  if (['labels.ts', 'index.ts'].includes(basename(name))) continue
  const language = LANGUAGES.find((tag) => new RegExp(`[/-]${tag.toLowerCase()}\\.ts$`).test(name))
  if (!language) {
    strays.push(name)
    continue
  }
  const set = name.slice(0, -`${language}.ts`.length)
  const [sentences] = Object.values<Sentences>(await import(pathToFileURL(join(BUTTON, name)).href))
  sets.set(set, (sets.get(set) ?? new Map()).set(language, sentences ?? {}))
}
const inEnglish: Sentences = Object.assign({}, ...[...sets.values()].map((set) => set.get('en')))

const slotsOf = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map(String).sort()
const namesOf = (family: string) =>
  Object.keys(inEnglish)
    .filter((key) => key.startsWith(`${family}.`))
    .map((key) => key.slice(family.length + 1))
const unknownOf = (family: string, known: readonly string[]) =>
  namesOf(family).filter((name) => !known.includes(name))

describe.each([...sets])('the words of %s', (_, set) => {
  const english = set.get('en') ?? {}

  it('are there in every language, and in no other', () => {
    expect([...set.keys()].sort()).toEqual([...LANGUAGES].sort())
  })

  it.each([...set])('are the same in %s as in English, with the same slots', (_language, words) => {
    expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort())
    for (const [key, sentence] of Object.entries(words)) {
      expect(slotsOf(sentence), key).toEqual(slotsOf(english[key] ?? ''))
      expect(sentence, key).toBe(sentence.trim())
      expect(sentence, key).not.toBe('')
    }
  })

  it.each([...set].filter(([language]) => language.startsWith('zh')))(
    'are Chinese in %s, with the punctuation of Chinese',
    (_language, words) => {
      const half = Object.entries(words).filter(([, sentence]) =>
        /\p{Script=Han}[,.;:!?()]|[,;!?()]\p{Script=Han}/u.test(sentence),
      )
      expect(half).toEqual([])
    },
  )

  it('are all used', () => {
    // The shell words each state by its name; families are asked for by a name that comes later.
    const isState = (key: string) => /^(loading|submitting|waiting|paid|failed)$/.test(key)
    const isUsed = (key: string) => {
      const [family] = key.split('.')
      return (
        code.includes(`'${key}'`) ||
        (key !== family && (code.includes(`\`${family}.$\{`) || code.includes(`'${family}.'`)))
      )
    }
    expect(Object.keys(english).filter((key) => !isUsed(key) && !isState(key))).toEqual([])
  })
})

describe('the words', () => {
  it('are of a language each', () => {
    expect(strays).toEqual([])
    expect(sets.size).toBeGreaterThan(2)
  })

  it('name every kind of channel', () => {
    expect(CHANNEL_KINDS.filter((kind) => !(`kind.${kind}` in inEnglish))).toEqual([])
  })

  it('speak of no problem, format, ending or way out that is not in the contract', () => {
    const problems = [...Object.keys(PROBLEMS), 'unreachable', 'opaque-origin', 'no-channels']
    const kinds = [...Object.values(PROBLEMS), ...Object.values(ENDINGS)]
    const remedies = kinds.map(({ remedy }) => remedy)
    const fates = kinds.map(({ money }) => money)
    expect(unknownOf('problem', problems)).toEqual([])
    expect(unknownOf('fault.format', Object.keys(payerFormats))).toEqual([])
    expect(unknownOf('remedy', remedies)).toEqual([])
    expect(unknownOf('ended', Object.keys(ENDINGS))).toEqual([])
    expect(unknownOf('money', fates)).toEqual([])
    const endings = Object.keys(ENDINGS)
    expect(
      unknownOf('next', [...problems, ...endings, ...remedies, ...fates, 'ask-shop.code']),
    ).toEqual([])
  })

  it('say of every problem what happened, and what to do', () => {
    const dumb = Object.entries(PROBLEMS).filter(
      ([code, { remedy }]) =>
        !(`problem.${code}` in inEnglish || `remedy.${remedy}` in inEnglish) ||
        !(remedy === 'none' || `next.${code}` in inEnglish || `next.${remedy}` in inEnglish),
    )
    expect(dumb).toEqual([])
  })

  it('say of every ending what happened, and what that means for the money', () => {
    const dumb = Object.entries(ENDINGS).filter(
      ([name, { money }]) =>
        ![`ended.${name}`, `problem.${name}`, name].some((key) => key in inEnglish) ||
        !(`money.${money}` in inEnglish),
    )
    expect(dumb).toEqual([])
  })
})

describe('the code', () => {
  it('has no sentence in a template', () => {
    const found = sources.flatMap(({ name, text }) =>
      staticTexts(text).map((words) => `${name}: ${words}`),
    )
    expect(found).toEqual([])
  })

  it.each([
    ['html`<p>Pay now</p>`', ['Pay now']],
    [`html\`<p>\${html\`<b>付款</b>\`} ✕ </p>\``, ['付款']],
    [`html\`<a aria-label="Close" part="close">\${a ? \`x \${b} y\` : 'z'}</a>\``, ['Close']],
    [`html\`<a title=\${title} @click=\${() => { go() }}>\${say}</a>\``, []],
  ])('is looked through: %s', (text, found) => {
    expect(staticTexts(text)).toEqual(found)
  })

  it('formats money, numbers and times in one place', () => {
    const elsewhere = sources
      .filter(({ name }) => !/^format(-time)?\.ts$/.test(name))
      .filter(({ text }) => /\bIntl\.|\.toLocale[A-Z]/.test(text))
    expect(elsewhere.map(({ name }) => name)).toEqual([])
  })
})
