import { readFileSync } from 'node:fs'

const ENTRY = 'pay-button.js'
const PRELOADING = '\0vite/preload-helper.js'
/** Once more, by another address: Firefox and Safari remember that one failed. */
const RETRIED =
  'export const __vitePreload = (load) => load("").catch(() => load("?" + Date.now()))'

/** The code that writes the files, as it is part of what a file's name stands for. */
const WRITERS = [new URL(import.meta.url), new URL('../vite.config.ts', import.meta.url)]

/**
 * How the files of the split script find one another:
 *
 * - A chunk that did not come is asked for once more. Vite's helper would preload its style sheets;
 *   ours have none.
 * - What a chunk shares with the entry it takes from the element that is defined, not by an import
 *   of the entry: with `pay-button.js?v=2` on the page that would load and run it a second time, and
 *   after an upgrade it would be another one.
 * - Namespaces are written out, so that no chunk waits for a further one with the helper for them.
 *
 * @returns {import('vite').Plugin}
 */
export function linkedChunks() {
  return {
    name: 'linked-chunks',
    enforce: 'pre',
    resolveId: (id) => (id === PRELOADING ? id : undefined),
    load: (id) => (id === PRELOADING ? RETRIED : undefined),
    // An immutable name never stands for two texts.
    augmentChunkHash: () => WRITERS.map((file) => readFileSync(file, 'utf8')).join(),
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const [name, chunk] of Object.entries(bundle)) {
          if (chunk.type !== 'chunk') continue
          chunk.code = writeNamespaces(retryImports(chunk.code))
          if (name === ENTRY) chunk.code = shareExports(chunk.code)
          else chunk.code = takeShared(chunk.code)
          if (name.startsWith('rolldown-runtime-')) delete bundle[name]
        }
      },
    },
  }
}

/** @param {string} code */
function retryImports(code) {
  return code
    .replaceAll(',[],import.meta.url)', ')')
    .replace(/\(\)=>import\((`[^`]+`)\)/g, 'query=>import($1+query)')
}

/**
 * `import{t as e}from"./rolldown-runtime-….js";var t=e({strings:()=>n})` as
 * `var t={get strings(){return n}}`.
 *
 * @param {string} code
 */
function writeNamespaces(code) {
  const helper = /import\{t as ([\w$]+)\}from"\.\/rolldown-runtime-[\w-]+\.js";/
  const [statement = '', name] = helper.exec(code) ?? []
  if (!name) return code
  const namespace = new RegExp(
    `(?<==)${escaped(name)}\\(\\{((?:,?[\\w$]+:\\(\\)=>[\\w$]+)+)\\}\\)`,
    'g',
  )
  return code
    .replace(statement, '')
    .replace(
      namespace,
      (_, members) => `{${members.replace(/([\w$]+):\(\)=>([\w$]+)/g, 'get $1(){return $2}')}}`,
    )
}

/** The first copy of the script on a page defines the element, and only its chunks are loaded. */
const SHARED = 'customElements.get(`pay-button`).shared'

/** @param {string} code */
function shareExports(code) {
  const exported = /export\{([^}]*)\};?\s*$/
  if (!exported.test(code)) throw new Error(`${ENTRY} has nothing to share`)
  return code.replace(exported, (_, list) => {
    const members = list.replace(/([\w$]+) as ([\w$]+)/g, '$2:$1')
    return `${SHARED}??={${members}};`
  })
}

/** @param {string} code */
function takeShared(code) {
  const imported = new RegExp(`import\\{([^}]*)\\}from"\\./${escaped(ENTRY)}"`, 'g')
  return code.replace(imported, (_, list) => `const{${list.replaceAll(' as ', ':')}}=${SHARED}`)
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[.$]/g, '\\$&')
}
