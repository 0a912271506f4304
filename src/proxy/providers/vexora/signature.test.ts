import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { sign, signedText, verify } from './signature.js'
import vectors from './vectors.json' with { type: 'json' }

/** Splits a vector's text back into its fields: `a=1b=2`, names in letters only. */
const NAMES =
  /(amount|bankNumber|channelCode|currency|email|firstname|ipAddress|lastname|message|mobile|notifyUrl|platFormTradeNo|remark|returnUrl|status|timestamp|tradeNo|userId|wayCode)=/

function fieldsOf(text: string): Record<string, string> {
  const [, ...parts] = text.split(NAMES)
  return Object.fromEntries(
    parts.flatMap((name, index) => (index % 2 === 0 ? [[name, parts[index + 1] ?? '']] : [])),
  )
}

test.each(vectors)('vector: $name', ({ key, text, signature }) => {
  const fields = fieldsOf(text)
  expect(signedText(fields)).toBe(text)
  expect(sign(fields, key)).toBe(signature)
})

test.each(vectors)('openssl agrees: $name', ({ key, text, signature }) => {
  const digest = execFileSync('openssl', ['dgst', '-md5', '-binary'], { input: text + key })
  expect(digest.toString('hex')).toBe(signature)
})

test('the sign itself and empty values are not signed', () => {
  const fields = { b: '2', a: '1' }
  expect(signedText({ ...fields, c: '', sign: 'x' })).toBe(signedText(fields))
})

test('keys are sorted by code unit, capitals first', () => {
  expect(signedText({ tradeNo: '1', Zone: '2', platFormTradeNo: '3' })).toBe(
    'Zone=2platFormTradeNo=3tradeNo=1',
  )
})

test('verifies only the signature made with the same secret over the same fields', () => {
  const fields = { amount: '300', tradeNo: 'A1' }
  const signed = { ...fields, sign: sign(fields, 'secret') }
  expect(verify(signed, 'secret')).toBe(true)
  expect(verify(signed, 'other')).toBe(false)
  expect(verify({ ...signed, amount: '301' }, 'secret')).toBe(false)
  expect(verify({ ...signed, extra: 'x' }, 'secret')).toBe(false)
  expect(verify({ ...signed, sign: signed.sign.toUpperCase() }, 'secret')).toBe(false)
  expect(verify(fields, 'secret')).toBe(false)
})
