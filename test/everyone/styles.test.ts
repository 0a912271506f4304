import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const BUTTON = fileURLToPath(new URL('../../src/button', import.meta.url))

/** Of CSS, what knows left and right or up and down where a language may not. */
const PHYSICAL =
  /(?<![\w-])((margin|padding|border)-(top|right|bottom|left)|(top|right|bottom|left)|(min-|max-)?(width|height)|overflow-[xy]|border-(top|bottom)-(left|right)-radius|float|clear)\s*:|text-align:\s*(left|right)/g

const sheets = readdirSync(BUTTON, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.styles.ts'))
  .map((name) => ({ name, css: readFileSync(join(BUTTON, name), 'utf8') }))

/** What a media query asks of the screen has no other name. */
const declarations = (css: string) => css.replace(/@media[^{]*\{/g, '{')

describe('the style sheets', () => {
  it('are found', () => {
    expect(sheets.length).toBeGreaterThan(2)
  })

  it.each(sheets)('$name has logical properties only', ({ css }) => {
    expect(declarations(css).match(PHYSICAL) ?? []).toEqual([])
  })

  it.each(['margin-left: 0', 'text-align: right', 'a { top: 0 }', 'max-width: 1px'])(
    'would be caught with %s',
    (css) => {
      expect(declarations(css).match(PHYSICAL)).not.toBe(null)
    },
  )
})
