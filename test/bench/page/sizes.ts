import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync, constants as zlib } from 'node:zlib'
import { build } from 'vite'
import { BENCH } from '../harness/machine.js'

/** Bytes as they travel, each file compressed by itself. */
export interface Size {
  gzip: number
  brotli: number
}

/** The files of a folder, or those of them that are wanted. */
export function sizeOf(folder: string, isWanted = (_file: string) => true): Size {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(js|css)$/.test(file) && isWanted(file))
    .map((file) => readFileSync(join(folder, file)))
  if (files.length === 0) throw new Error(`nothing to weigh in ${folder}`)
  const sum = (bytesOf: (file: Buffer) => number) =>
    files.reduce((total, file) => total + bytesOf(file), 0)
  return {
    gzip: sum((file) => gzipSync(file, { level: 9 }).length),
    brotli: sum(
      (file) => brotliCompressSync(file, { params: { [zlib.BROTLI_PARAM_QUALITY]: 11 } }).length,
    ),
  }
}

/**
 * Bundles an entry of `peers/` as a shop would with Vite as it comes, for the browsers that the
 * script is built for.
 *
 * @returns the folder with what a page would load.
 */
export async function bundle(entry: string, folder: string): Promise<string> {
  const outDir = join(folder, entry)
  await build({
    configFile: false,
    logLevel: 'error',
    root: BENCH,
    base: './',
    build: {
      target: 'es2022',
      outDir,
      rolldownOptions: {
        input: join(BENCH, 'peers', `${entry}.js`),
        preserveEntrySignatures: 'strict',
        output: { entryFileNames: '[name].js' },
      },
    },
  })
  return outDir
}
