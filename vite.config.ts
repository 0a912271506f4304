import { readFileSync } from 'node:fs'
import { defineConfig, type Plugin } from 'vite'
import { linkedChunks } from './scripts/linked-chunks.mjs'

const { version } = JSON.parse(readFileSync('package.json', 'utf8'))

/**
 * Gives Lit's Trusted Types policy our name, so that a shop allows it by ours. A second copy of
 * the script goes without: it would be a breach, and only the first copy defines the element.
 */
function ownTrustedTypesPolicy(): Plugin {
  const POLICY = /(\w+)\.createPolicy\("lit-html",(\{[^}]*\})\)/g
  return {
    name: 'own-trusted-types-policy',
    enforce: 'pre',
    transform(code, id) {
      if (!/lit-html\/lit-html\.js$/.test(id.split('?')[0] ?? '')) return undefined
      const renamed = code.replace(
        POLICY,
        'customElements.get("pay-button")?void 0:$1.createPolicy("pay-button",$2)',
      )
      if (renamed === code) throw new Error('Lit creates its Trusted Types policy in another way')
      return { code: renamed, map: null }
    },
  }
}

/** Takes out of css`` and html`` what only our editors and readers need. */
function trimTemplates(): Plugin {
  return {
    name: 'trim-templates',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('.styles.ts')) return undefined
      const trimmed = code.replace(/css`([^`]*)`/g, (template) =>
        template
          .replace(/\/\*.*?\*\//gs, '')
          .replace(/\s+/g, ' ')
          .replace(/\b0\./g, '.')
          .replace(/ ?([`{};,]) ?/g, '$1')
          .replace(/: /g, ':')
          .replace(/;}/g, '}'),
      )
      return { code: trimmed, map: null }
    },
    // Minified code breaks lines in templates only, and ours mean nothing by a break beside a tag.
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue
        // But a string that is a line break stays one.
        chunk.code = chunk.code
          .replaceAll('`\n`', '"\\n"')
          .replace(/([>`])\n\s*|\n\s*(?=[<`])/g, '$1')
          .replace(/\n\s*/g, ' ')
      }
    },
  }
}

/** What libraries ask, though here the answer is known: the module, the question, the answer. */
const KNOWN: readonly (readonly [RegExp, RegExp, string])[] = [
  // Every browser of our floor adopts style sheets, nothing is interpolated into ours, and
  // nothing is polyfilled.
  [/\/css-tag\.js$/, /(?<=,e=)t\.ShadowRoot&&.*?(?=,)/, 'true'],
  [/\/css-tag\.js$/, /1===t\.length\?t\[0\]:.*?(?=;return)/, 't[0]'],
  [/\/(lit-html|lit-element|reactive-element)\.js$/, /(?<==)\w+\.\w+PolyfillSupport/, 'void 0'],
  // Nor hydrated; and which versions of Lit a page has is only told to those who develop with it.
  [/\/lit-element\.js$/, /\w+\.litElementHydrateSupport\?\.\(.*?\)/, 'void 0'],
  [
    /\/(lit-html|lit-element|reactive-element)\.js$/,
    /\(\w+\.\w+Versions\?\?=\[\]\)\.push\(.*?\)/,
    'void 0',
  ],
  // No template of ours is SVG or MathML by itself, or has a directive; no property a decorator.
  [/\/lit-html\.js$/, /\b[23]===i\b/g, 'false'],
  [
    /\/lit-html\.js$/,
    /(function \w+\(t,i),s=t,e\)\{if\(i===\w+\)return i;.*?,i\}(?=class )/,
    '$1){return i}',
  ],
  [/\/reactive-element\.js$/, /Symbol\.metadata\?\?=.*?(?=;class )/, ''],
  [/\/reactive-element\.js$/, /(?<=const t=)this\[Symbol\.metadata\]/, 'null'],
  // None of our schemas waits, encodes, coerces, stops early or is handed to another library.
  [/\/zod\/v4\/core\/(schemas|checks|parse)\.js$/, /\w+ instanceof Promise/g, 'false'],
  [
    /\/zod\/v4\/core\/schemas\.js$/,
    /ctx\.direction === "backward"|(ctx\??|def)\.(abortEarly|skipChecks|coerce)\b/g,
    'false',
  ],
  [/\/zod\/v4\/core\/schemas\.js$/, /core\.globalConfig\.memoizer/g, 'undefined'],
  [
    /\/zod\/v4\/mini\/schemas\.js$/,
    /(parse|parseAsync|safeParseAsync|brand|register|apply)\([^)]*\) \{.*?\},?\n/gs,
    '',
  ],
  [/\/zod\/v4\/core\/schemas\.js$/, /\bproms\.length\b|\basyncResult\b(?=\)| \|\|)/g, 'false'],
  [/\/zod\/v4\/core\/schemas\.js$/, /^ +errors: results\.map\(.*\),$/gm, ''],
  // We ask whether an answer is as it should be, and never read what zod says of one that is not.
  [/\/zod\/v4\/core\/parse\.js$/, /failure\(_Err, result\.issues, ctx\)/, '{ success: false }'],
  [/\/zod\/v4\/core\/parse\.js$/, /errors\.\$ZodRealError/g, 'undefined'],
  [/\/zod\/v4\/core\/core\.js$/, /\bparams\?\.Parent\b/g, 'undefined'],
  [/\/zod\/v4\/(core\/api|mini\/schemas)\.js$/, /\.\.\.util\.normalizeParams\(\w+\),?/g, ''],
  [/\/zod\/v4\/core\/schemas\.js$/, /util\.attachSchema\(.*?\);/g, ''],
  [/\/zod\/v4\/core\/schemas\.js$/, /util\.prefixIssues\(\w+, /g, '('],
  [
    /\/zod\/v4\/core\/schemas\.js$/,
    /util\.hide\(this, "~standard", standardProps\(this\)\)/,
    'undefined',
  ],
  // None of them is part of a template literal, nor tells union members apart by their values.
  [
    /\/zod\/v4\/core\/schemas\.js$/,
    /util\.defineLazyInternal\(inst, "(pattern|propValues)", ([^\n]*\);\n|.*?\n {4}\}\);\n)|inst\._zod\.pattern = [^;]*regexes\.\w+;/gs,
    '',
  ],
  // `z` is pure below, but not the function that lean-qr's own minifier called so.
  [/\/lean-qr\/nano\.mjs$/, /\bz(?=[=(])/g, 'place'],
]

/** What a library tells those who program with it; ours would have read it in their tests. */
const MESSAGE = /(?<=Error\()(['"`])(?:(?!\1|\$\{).)*\1(?=\))/g

/** Puts the known answers in place, so that what they rule out is left out of the script. */
function answerTheKnown(): Plugin {
  return {
    name: 'answer-the-known',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('/node_modules/')) return undefined
      let answered = code
      for (const [file, question, answer] of KNOWN) {
        if (!file.test(id)) continue
        const before = answered
        answered = before.replace(question, answer)
        if (answered === before) throw new Error(`${id} no longer asks ${question}`)
      }
      return { code: answered.replace(MESSAGE, ''), map: null }
    },
  }
}

/** A language's rare sentences travel with its others: they pack better than they would apart. */
const LANGUAGES = {
  name: (id: string) => /\/button\/strings\/(?:endings-)?([\w-]+)\.ts$/.exec(id)?.[1] ?? null,
  test: /\/button\/strings\/(?!labels)/,
  debugName: 'languages',
}

export default defineConfig(({ mode }) => {
  const isSingle = mode === 'single'
  return {
    base: './',
    plugins: [ownTrustedTypesPolicy(), linkedChunks(), answerTheKnown(), trimTemplates()],
    build: {
      target: 'es2022',
      outDir: 'dist/script',
      emptyOutDir: !isSingle,
      modulePreload: false,
      rolldownOptions: {
        input: { 'pay-button': 'src/button/script.ts' },
        // Every call of zod/mini builds a schema and does nothing else: what is unused can go.
        treeshake: { manualPureFunctions: ['z'] },
        output: {
          codeSplitting: !isSingle && { groups: [LANGUAGES] },
          entryFileNames: isSingle ? `[name]@${version}.js` : '[name].js',
          chunkFileNames: '[name]-[hash].js',
        },
      },
    },
  }
})
