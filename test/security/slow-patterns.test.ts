import { expect, test } from 'vitest'
import { moneySchema } from '../../src/contract/money.js'
import { payerFormats } from '../../src/contract/payer-fields.js'
import { returnPage } from '../../src/proxy/http/return-page.js'
import { readFlatJson } from '../../src/proxy/providers/flat-json.js'

/** The largest body, in characters; of a notification. */
const BODY = 16 * 1024
const NOTIFICATION = 64 * 1024
/** Milliseconds. A pattern that goes back over its steps takes minutes for the same. */
const BOUND = 1_000

function took(work: () => unknown): number {
  const began = performance.now()
  work()
  return performance.now() - began
}

/** Texts that a pattern reads almost to the end, over and over, before it gives up. */
const long = (unit: string, size: number) => unit.repeat(Math.floor(size / unit.length))
const worst = (size: number) =>
  [
    ...['a', 'a-', 'a.', '-', '.', '0', ' ', '\t', '+', '00', '886', '(', '\u3000', '－', '\u200b'],
    ...['a@', 'a@a.', '808-', '1 ', '=', '\ud800', '\\', '"', '{', ',', '1e', '-1.', '\\"', '}'],
  ].flatMap((unit) => [long(unit, size), `${long(unit, size - 1)}!`, `a@${long(unit, size - 3)}!`])

test.each(Object.keys(payerFormats))('a payer field of the format %s', (name) => {
  const format = payerFormats[name]
  for (const text of worst(BODY)) {
    const time = took(() => format?.fault(format.normalise(text)))
    expect([text.slice(0, 10), time < BOUND]).toEqual([text.slice(0, 10), true])
  }
})

test('an amount of money', () => {
  for (const value of worst(BODY)) {
    expect(took(() => moneySchema.safeParse({ value, currency: value }))).toBeLessThan(BOUND)
  }
})

test('a notification', () => {
  const texts = worst(NOTIFICATION)
  const bodies = texts.flatMap((text) => [
    text,
    JSON.stringify({ a: text }),
    JSON.stringify({ [text]: 1, b: [] }),
    `{"a":1${long(' ', NOTIFICATION)}`,
    `{${long('"a":1,', NOTIFICATION)}"b":1}`,
    `{"a":"${long('}', NOTIFICATION)}"}`,
    `{"a":${long('1', NOTIFICATION)}}`,
  ])
  for (const body of bodies) expect(took(() => readFlatJson(body))).toBeLessThan(BOUND)
})

test('a language', () => {
  for (const text of worst(BODY)) expect(took(() => returnPage(200, text))).toBeLessThan(BOUND)
})
