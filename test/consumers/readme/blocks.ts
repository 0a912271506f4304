import { readFileSync } from 'node:fs'

export interface Block {
  /** `sh`, `html`, `tsx`, `vue`. */
  readonly language: string
  readonly text: string
}

/** What a section of a Markdown page tells its reader to type. */
export interface Section {
  readonly blocks: readonly Block[]
  /** The commands that stand in its sentences. */
  readonly commands: readonly string[]
}

/** @throws {Error} where the page has no such section */
export function sectionOf(page: URL, heading: string): Section {
  const sections = readFileSync(page, 'utf8').split(/^## /m)
  const section = sections.find((text) => text.startsWith(`${heading}\n`))
  if (!section) throw new Error(`no section “${heading}” in ${page}`)
  const fences = /^```(\w+)\n(.*?)^```$/gms
  const blocks = [...section.matchAll(fences)].map(([, language = '', text = '']) => ({
    language,
    text,
  }))
  const sentences = section.replace(fences, '')
  const commands = [...sentences.matchAll(/`(np[mx] [^`]+)`/g)].map(([, command = '']) =>
    command.replace(/\s+/g, ' '),
  )
  return { blocks, commands }
}
