/**
 * What the `html` templates of a source say by themselves, in any language: text between tags, and
 * attributes that are read out. Values (`${…}`) are left out, templates inside them are not.
 */
export function staticTexts(source: string): string[] {
  const found: string[] = []
  for (const { index } of source.matchAll(/\bhtml`/g)) {
    const markup = staticMarkup(source, index + 'html`'.length)
    const spoken = [...markup.matchAll(/\s(?:aria-label|title|alt|placeholder)="([^"]*)"/g)]
    const texts = markup.replace(/<[^>]*>/g, '\n').split('\n')
    found.push(...[...spoken.map(([, value = '']) => value), ...texts].filter(isWord))
  }
  return found.map((text) => text.trim())
}

const isWord = (text: string) => /\p{L}/u.test(text)

/** The template that begins at `start`, without its values. */
function staticMarkup(source: string, start: number): string {
  let markup = ''
  for (let at = start; at < source.length; at += 1) {
    if (source[at] === '`') return markup
    if (source.startsWith('${', at)) at = endOfValue(source, at + 2)
    else markup += source[at]
  }
  throw new Error('a template has no end')
}

/** Where the value that begins at `start` is closed. */
function endOfValue(source: string, start: number): number {
  let depth = 1
  for (let at = start; at < source.length; at += 1) {
    const char = source[at] ?? ''
    if (char === '{') depth += 1
    if (char === '}') depth -= 1
    if (depth === 0) return at
    if (char === '`') at = endOfTemplate(source, at + 1)
    else if (char === "'" || char === '"') at = source.indexOf(char, at + 1)
  }
  throw new Error('a value has no end')
}

function endOfTemplate(source: string, start: number): number {
  for (let at = start; at < source.length; at += 1) {
    if (source[at] === '`') return at
    if (source.startsWith('${', at)) at = endOfValue(source, at + 2)
  }
  throw new Error('a template has no end')
}
