import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { ROOT, read } from './pages.js'

const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
const usage = execFileSync('node', [join(ROOT, 'src/proxy/bin/pay-button-proxy.js'), 'help'], {
  encoding: 'utf8',
})

/** Programs that are not ours, which a reader has. */
const KNOWN = ['cat', 'docker', 'openssl']
const PUBLISHED = ['pay-button', 'pay-button-proxy']

const HEREDOC = /<<(\w+)\n(.*?)^\1$/gms
const ASSIGNED = /(?:^|\s)([A-Z][A-Z0-9_]*)=(\S*)/gm

/** What of a shell's block does not exist. */
export function commandFaults(text: string): string[] {
  const commands = text
    .replace(HEREDOC, '')
    .replaceAll('\\\n', ' ')
    .replace(/(^|\s)#.*$/gm, '')
    .replace(/\$\([^)]*\)/g, 'SUBSTITUTED')
    .split(/\n|&&|\|/)
    .map((line) => line.replace(/^\s*\$ /, '').replace(/^\s*export\b/, ''))
    .map((line) => line.replace(/(^|\s)[A-Z][A-Z0-9_]*=\S*/g, ' ').trim())
    .filter((line) => line !== '')
  return commands.filter((command) => !exists(command))
}

function exists(command: string): boolean {
  const [program = '', ...args] = command.split(/\s+/)
  if (program === 'npx') return exists(args.join(' '))
  if (program === 'npm') return npmKnows(args)
  if (program === 'pay-button-proxy') return proxyKnows(args)
  return KNOWN.includes(program)
}

function npmKnows([verb = '', ...names]: string[]): boolean {
  if (verb === 'run') return Object.hasOwn(scripts, names[0] ?? '')
  if (verb === 'install') return names.every((name) => PUBLISHED.includes(name))
  return verb === 'ci' || (verb === 'test' && 'test' in scripts)
}

/** By what the program says of itself. */
function proxyKnows(args: string[]): boolean {
  const [verb = ''] = args.filter((word) => !word.startsWith('-'))
  const flags = args.filter((word) => word.startsWith('--'))
  const isCommand = args.length === 0 || usage.includes(`pay-button-proxy ${verb}`)
  return isCommand && flags.every((flag) => usage.includes(flag))
}

/** The variables that a block sets, by `export`, before a command, or into a file. */
export function variablesIn(text: string): Record<string, string> {
  const settings = [...text.matchAll(ASSIGNED)].map(
    ([, name = '', value = '']) => [name, value.startsWith('$(') ? 'f'.repeat(64) : value] as const,
  )
  return Object.fromEntries(settings)
}

/** The `.env` that a block writes, if it does. */
export function environmentFileIn(text: string): string | undefined {
  return /cat > \.env <<(\w+)\n(.*?)^\1$/ms.exec(text)?.[2]
}
