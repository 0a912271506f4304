import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** A fenced block of a page. */
export interface Block {
  /** Where it stands: the page and the line. */
  at: string
  language: string
  text: string
  /** What stands around it, from `<!-- with: … -->` before it: a name in the folder `with`. */
  setting: string | undefined
  /** Why it is not tried, from `<!-- not run: … -->` before it. */
  notRun: string | undefined
}

const FENCED = /(?:^<!-- (with|not run): ([^\n]+) -->\n)?^```(\w*)\n(.*?)^```$/gms

/** Every page of the repository, from its root. */
export const PAGES = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'],
  { cwd: ROOT, encoding: 'utf8' },
)
  .split('\n')
  .filter((path) => path !== '' && !path.startsWith('.github/'))

export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** What of a page is written in words. */
export function proseOf(page: string): string {
  return page.replace(FENCED, '')
}

export function blocksOf(path: string): Block[] {
  const page = read(path)
  return [...page.matchAll(FENCED)].map(
    ({ 0: all, 1: mark, 2: name, 3: language = '', 4: text = '', index }) => ({
      at: `${path}:${page.slice(0, index + all.indexOf('```')).split('\n').length}`,
      language,
      text,
      setting: mark === 'with' ? name : undefined,
      notRun: mark === 'not run' ? name : undefined,
    }),
  )
}

/** What GitHub calls the headings of a page. */
export function anchorsOf(page: string): string[] {
  const seen = new Map<string, number>()
  return [...proseOf(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) => {
    const slug = heading
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-')
    const before = seen.get(slug) ?? 0
    seen.set(slug, before + 1)
    return before ? `${slug}-${before}` : slug
  })
}

/** What a page links to or shows, but for what is elsewhere on the web. */
export function targetsOf(page: string): string[] {
  const links = [...proseOf(page).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset)="([^"]+)"/g)]
  return links
    .map(([, link, source]) => link ?? source ?? '')
    .filter((target) => !/^[a-z]+:/.test(target))
}
