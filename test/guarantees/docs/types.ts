import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { compileScript, parse } from 'vue/compiler-sfc'
import { type Block, ROOT } from './pages.js'

/** Inside our own package, so that the snippets find it and the proxy's by their names. */
const FOLDER = join(ROOT, '.cache/snippets')

const CONFIG = {
  extends: '../../tsconfig.base.json',
  compilerOptions: {
    lib: ['es2022', 'dom', 'dom.iterable'],
    types: ['node'],
    jsx: 'react-jsx',
    noEmit: true,
    noUnusedLocals: false,
    noUnusedParameters: false,
    // An import of the fixtures may be another of the snippet's.
    isolatedModules: false,
    verbatimModuleSyntax: false,
  },
  include: ['.'],
}

/** What the compiler says of snippets, as a shop would compile them against the built packages. */
export async function typeFaults(blocks: readonly Block[]): Promise<string[]> {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(join(FOLDER, 'tsconfig.json'), JSON.stringify(CONFIG))
  const names = new Map<string, string>()
  for (const [index, block] of blocks.entries()) {
    const name = `snippet-${index}.${block.language === 'vue' ? 'ts' : block.language}`
    names.set(name, block.at)
    writeFileSync(join(FOLDER, name), sourceOf(block))
  }
  const said = await promisify(execFile)(join(ROOT, 'node_modules/.bin/tsc'), ['-p', FOLDER]).then(
    ({ stdout }) => stdout,
    ({ stdout, stderr }) => `${stdout}${stderr}`,
  )
  return said
    .split('\n')
    .filter((line) => line !== '')
    .map((line) =>
      line.replace(/\S*(snippet-\d+\.\w+)\(\d+,\d+\)/, (_, name) => names.get(name) ?? name),
    )
}

function sourceOf({ language, text, setting, at }: Block): string {
  const source = language === 'vue' ? scriptOf(text, at) : text
  const around = setting
    ? readFileSync(new URL(`./with/${setting}.ts`, import.meta.url), 'utf8')
    : ''
  return `${around}\n${source}\nexport {}\n`
}

/** A component's script with its template compiled into it. */
function scriptOf(text: string, at: string): string {
  const { descriptor, errors } = parse(text)
  if (errors.length > 0) throw new Error(`${at}: ${errors.join()}`)
  return compileScript(descriptor, { id: at, inlineTemplate: true }).content
}

/** What a template sets and listens to on our component: `order`, `@pay-success`. */
export function templateNames(text: string): string[] {
  const [, tag = ''] = /<PayButton\b(.*?)\/?>/s.exec(text) ?? []
  return [...tag.matchAll(/([@:]?[\w-]+)="[^"]*"/g)].map(([, name = '']) => name)
}
