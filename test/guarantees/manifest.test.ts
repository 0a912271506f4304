import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'

const DIST = new URL('../../dist/manifest/', import.meta.url)
const SCHEMA = createRequire(import.meta.url).resolve('custom-elements-manifest/schema.json')

function read(file: string | URL) {
  return JSON.parse(readFileSync(file, 'utf8'))
}

describe('what editors read', () => {
  it('is a manifest by its schema', () => {
    const validate = new Ajv({ strict: false }).compile(read(SCHEMA))
    validate(read(new URL('custom-elements.json', DIST)))
    expect(validate.errors).toBeNull()
  })

  it('completes the words of an attribute, and no name of a type', () => {
    const [{ attributes }] = read(new URL('vscode.html-custom-data.json', DIST)).tags
    const words = attributes.flatMap(
      ({ name, values }: { name: string; values: { name: string }[] }) =>
        values.length > 0 ? [[name, values.map((value) => value.name)]] : [],
    )
    expect(words).toEqual([
      ['presentation', ['auto', 'popup', 'redirect']],
      ['state', ['loading', 'submitting', 'waiting', 'paid', 'failed']],
    ])
  })

  it('names types that HTML editors know', () => {
    const [{ attributes }] = read(new URL('web-types.json', DIST)).contributions.html.elements
    for (const { value } of attributes) {
      expect(value.type).toMatch(/^(string|boolean|'[\w-]+'( \| '[\w-]+')*)$/)
    }
  })

  it('says the default of each custom property', () => {
    const { tags } = read(new URL('vscode.html-custom-data.json', DIST))
    expect(tags[0].description).not.toContain('default: undefined')
  })
})
