import { parseArgs } from 'node:util'
import { checkDatabase } from '../check/database.js'
import type { Finding } from '../check/finding.js'
import { checkOutside } from '../check/outside.js'
import { review } from '../check/review.js'
import { readEnvironment } from '../environment/environment.js'
import { pinnedTag } from '../scripts/pinned-tag.js'
import { readArguments } from './arguments.js'
import { table } from './table.js'

/**
 * Says what the environment turns on and what is wrong with it. Without `--offline` it also asks
 * whomever it names; `--strict` makes a failure of every warning.
 *
 * @throws {ConfigurationError} where the program would not start.
 */
export async function checkCommand(args: string[]): Promise<void> {
  const { values } = readArguments('check', () =>
    parseArgs({ args, options: { offline: { type: 'boolean' }, strict: { type: 'boolean' } } }),
  )
  const configuration = readEnvironment(process.env)
  const { mode, providers, publicUrl } = configuration.options
  const on = providers.map(
    ({ id, channels }) => `${id} (${channels.map(({ code }) => code).join(', ')})`,
  )
  console.log(`pay-button-proxy: ${mode} mode; ${on.join('; ') || 'no provider'}`)

  const findings = [
    ...review(configuration),
    ...(values.offline
      ? []
      : (
          await Promise.all([checkDatabase(configuration.databaseUrl), checkOutside(configuration)])
        ).flat()),
  ]
  if (findings.length > 0) console.log(show(findings))
  console.log(`pinned to this release: ${pinnedTag(publicUrl.replace(/\/+$/, ''))}`)
  const failing = values.strict ? ['error', 'warning'] : ['error']
  if (findings.some(({ level }) => failing.includes(level))) process.exitCode = 1
}

const GRAVEST_FIRST: readonly Finding['level'][] = ['error', 'warning', 'note', 'ok']

function show(findings: readonly Finding[]): string {
  const sorted = GRAVEST_FIRST.flatMap((level) => findings.filter((each) => each.level === level))
  return table(
    ['', 'ABOUT', 'SAYS'],
    sorted.map(({ level, about, says }) => [level, about, says]),
  )
}
