import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFlatJson } from './flat-json.js'

const texts = (json: string) => {
  const members = readFlatJson(json)
  if (typeof members === 'string') return members
  return Object.fromEntries([...members].map(([name, { text }]) => [name, text]))
}

test.each([
  ['{}', {}],
  [' { } ', {}],
  ['{"amount":50002.0000}', { amount: '50002.0000' }],
  ['{"a" : "x" , "b":true,"c":null, "d":-1.5E+3 }', { a: 'x', b: 'true', c: 'null', d: '-1.5E+3' }],
  [String.raw`{"a\u0062":"\"}, {\\"}`, { ab: '"}, {\\' }],
])('reads %s', (json, members) => {
  expect(texts(json)).toEqual(members)
})

test.each(['', '{', 'OK', '<html>', '{"a":1,}', "{'a':1}", '{"a":01}'])('not JSON: %s', (json) => {
  expect(texts(json)).toBe('not-json')
})

test.each([
  '[]',
  '1',
  'null',
  '"x"',
  '{"a":{"b":1}}',
  '{"a":[1]}',
  '{"a":1,"a":1}',
  '{"a":1,"\\u0061":2}',
])('not flat: %s', (json) => {
  expect(texts(json)).toBe('not-flat')
})

test('reads whatever JSON.stringify writes of a flat object', () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
  )
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), value), (object) => {
      const json = JSON.stringify(object, null, 1)
      const plain = JSON.parse(json) as Record<string, unknown>
      const read = readFlatJson(json)
      expect(read).toBeInstanceOf(Map)
      expect(
        [...(read as Map<string, { text: string }>)].map(([k, { text }]) => [k, text]),
      ).toEqual(
        Object.entries(plain).map(([k, v]) => [k, typeof v === 'string' ? v : JSON.stringify(v)]),
      )
    }),
  )
})
