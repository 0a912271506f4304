import type { Finding } from '../check/finding.js'
import { review } from '../check/review.js'
import type { Configuration } from '../environment/environment.js'

/** Already warned of by the proxy itself, which is also used without the program. */
const SAID_BY_THE_PROXY = 'assumed'

/** Logs which providers and channels are on, and what is left to do. */
export function reportStart(configuration: Configuration): void {
  const { log, mode, providers } = configuration.options
  for (const { id, channels } of providers) {
    for (const { code } of channels) {
      log.info({ provider: id, channel: code, ...(mode ? { status: mode } : {}) }, 'channel on')
    }
  }
  for (const finding of review(configuration)) {
    if (finding.code !== SAID_BY_THE_PROXY) logFinding(configuration, finding)
  }
}

function logFinding(
  { options: { log } }: Configuration,
  { level, code, about, says }: Finding,
): void {
  const fields = { code, hint: `${about} ${says}` }
  if (level === 'note') log.info(fields, 'configuration')
  else log.warn(fields, 'configuration')
}
