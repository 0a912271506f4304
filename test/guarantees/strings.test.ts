import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { strings as en } from '../../src/button/strings/en.js'
import { strings as id } from '../../src/button/strings/id.js'
import { labels } from '../../src/button/strings/labels.js'
import { strings as zhHans } from '../../src/button/strings/zh-hans.js'
import { strings as zhHantTw } from '../../src/button/strings/zh-hant-tw.js'
import { strings as zhHk } from '../../src/button/strings/zh-hk.js'
import { CHANNEL_KINDS } from '../../src/contract/offer.js'
import { payerFormats } from '../../src/contract/payer-fields.js'
import { PROBLEMS } from '../../src/contract/problem.js'

const BUTTON = fileURLToPath(new URL('../../src/button', import.meta.url))
const LANGUAGES = {
  'zh-Hant-TW': { ...zhHantTw, ...labels['zh-Hant-TW'] },
  'zh-HK': { ...zhHk, ...labels['zh-HK'] },
  'zh-Hans': { ...zhHans, ...labels['zh-Hans'] },
  id: { ...id, ...labels.id },
}
const english = { ...en, ...labels.en }

const slotsOf = (sentence: string) => [...sentence.matchAll(/\{\w+\}/g)].map(String).sort()

describe.each(Object.entries(LANGUAGES))('the words in %s', (_, words) => {
  it('are the same as in English, no more and no less', () => {
    expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort())
  })

  it.each(Object.entries(words))('have the slots of the English ones: %s', (key, sentence) => {
    expect(slotsOf(sentence)).toEqual(slotsOf(english[key as keyof typeof english]))
    expect(sentence.trim()).not.toBe('')
  })
})

describe('the words', () => {
  const code = readdirSync(BUTTON, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|^(strings|testing|code)\//.test(name))
    .map((name) => readFileSync(join(BUTTON, name), 'utf8'))
    .join('\n')

  it('are all used', () => {
    // The shell words each state by its name; families are asked for by a name that comes later.
    const isState = (key: string) => /^(loading|submitting|waiting|paid|failed)$/.test(key)
    const isUsed = (key: string) =>
      code.includes(`'${key}'`) ||
      (key.includes('.') && code.includes(`\`${key.split('.')[0]}.\${`))
    expect(Object.keys(english).filter((key) => !isUsed(key) && !isState(key))).toEqual([])
  })

  it('name every kind of channel', () => {
    expect(CHANNEL_KINDS.filter((kind) => !(`kind.${kind}` in en))).toEqual([])
  })

  it('speak of no problem, format or way out that is not in the contract', () => {
    const known = (family: string, names: readonly string[]) =>
      Object.keys(english)
        .filter((key) => key.startsWith(`${family}.`))
        .map((key) => key.slice(family.length + 1))
        .filter((name) => !names.includes(name))
    expect(known('problem', [...Object.keys(PROBLEMS), 'unreachable'])).toEqual([])
    expect(known('fault.format', Object.keys(payerFormats))).toEqual([])
    const remedies = new Set(Object.values(PROBLEMS).map(({ remedy }) => remedy))
    expect(known('remedy', [...remedies])).toEqual([])
  })

  it('have a sentence for every problem, its own or that of the way out', () => {
    const dumb = Object.entries(PROBLEMS).filter(
      ([code, { remedy }]) => !(`problem.${code}` in en) && !(`remedy.${remedy}` in en),
    )
    expect(dumb).toEqual([])
  })
})
