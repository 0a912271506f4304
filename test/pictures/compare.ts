import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const BASELINE = here('./baseline/')
/** Where a picture that is other than its baseline is written, and what differs. */
const DIFFERENT = here('./different/')
const DRAWN_BY = here('./baseline/chromium.txt')

/** Whether pictures are taken anew: `npm run test:pictures -- --update`. */
export const isUpdating = process.env.UPDATE_PICTURES === '1'

/** How far two colours of a pixel may be apart, 0 to 1. */
const COLOUR = 0.1
/** The share of pixels that may differ: in the Chromium that drew the baselines, in another. */
const SHARE = { same: 0.0005, other: 0.02 }

/** The share that may differ in this version of Chromium. */
export function toleranceIn(version: string): number {
  if (isUpdating) {
    mkdirSync(BASELINE, { recursive: true })
    writeFileSync(DRAWN_BY, `${version}\n`)
    return 0
  }
  const drawnBy = readFileSync(DRAWN_BY, 'utf8').trim()
  if (drawnBy === version) return SHARE.same
  console.warn(
    `The pictures are Chromium ${drawnBy}'s, this is ${version}: compared less strictly.`,
  )
  return SHARE.other
}

/** What is wrong with a picture, in a sentence; undefined where it is as its baseline. */
export function differenceOf(name: string, picture: Buffer, tolerance: number): string | undefined {
  const file = `${BASELINE}${name}.png`
  if (!existsSync(file)) return `there is no baseline of ${name}`
  const now = PNG.sync.read(picture)
  const then = PNG.sync.read(readFileSync(file))
  const { width, height } = then
  if (now.width !== width || now.height !== height) {
    keep(name, picture)
    return `${name} is ${now.width} × ${now.height} and was ${width} × ${height}`
  }
  const diff = new PNG({ width, height })
  const pixels = pixelmatch(then.data, now.data, diff.data, width, height, { threshold: COLOUR })
  if (pixels <= width * height * tolerance) return undefined
  keep(name, picture, PNG.sync.write(diff))
  return `${name} differs in ${pixels} pixels: see test/pictures/different`
}

export function saveBaseline(name: string, picture: Buffer): void {
  writeFileSync(`${BASELINE}${name}.png`, picture)
}

/** What an earlier run left. */
export function forgetDifferent(): void {
  rmSync(DIFFERENT, { recursive: true, force: true })
}

function keep(name: string, picture: Buffer, diff?: Buffer): void {
  mkdirSync(DIFFERENT, { recursive: true })
  writeFileSync(`${DIFFERENT}${name}.png`, picture)
  if (diff) writeFileSync(`${DIFFERENT}${name}.diff.png`, diff)
}
