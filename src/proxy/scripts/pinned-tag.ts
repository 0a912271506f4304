import { createHash } from 'node:crypto'
import { assets } from './assets.generated.js'
import { ScriptFile } from './script-file.js'

/** The script tag of a page that runs this very release and nothing else, to copy. */
export function pinnedTag(publicUrl: string): string {
  const [name = '', packed] = Object.entries(assets).find(([name]) => name.includes('@')) ?? []
  if (!packed) throw new Error('built without the one file of the version')
  const hash = createHash('sha384').update(new ScriptFile(packed).in('identity')).digest('base64')
  return `<script type="module" src="${publicUrl}/${name}" integrity="sha384-${hash}" crossorigin></script>`
}
