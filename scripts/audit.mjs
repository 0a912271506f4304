import { execFile } from 'node:child_process'
import { ROOT } from './run.mjs'

/** What merchants install: the button's package and the proxy's, without what only builds them. */
const SHIPPED = ['--omit=dev', '--include-workspace-root', '--workspace=pay-button-proxy']

/**
 * What npm says of a registry that it could ask, or of one that it could not.
 *
 * @typedef {{ auditReportVersion?: number,
 *   vulnerabilities?: Record<string, { severity: string, range: string, via: (string | { title: string, url: string })[] }>,
 *   message?: string, statusCode?: number, error?: { summary?: string } }} Report
 */

/** @returns {Promise<Report>} */
function audit() {
  return new Promise((resolve, reject) => {
    const args = ['audit', '--json', '--audit-level=low', ...SHIPPED]
    execFile('npm', args, { cwd: ROOT, maxBuffer: 2 ** 26 }, (error, stdout) => {
      try {
        resolve(JSON.parse(stdout))
      } catch {
        reject(error ?? new Error('npm audit said nothing'))
      }
    })
  })
}

/**
 * A mirror without this service says so by a status of its own: that it is missing is no advisory.
 *
 * @param {Report} report
 */
function hasNoAudit({ auditReportVersion, statusCode = 0 }) {
  const isRefused = (statusCode >= 400 && statusCode < 500) || statusCode === 501
  return auditReportVersion === undefined && isRefused
}

const report = await audit()
if (hasNoAudit(report)) {
  console.warn(
    `NOT AUDITED: the registry has no audit service (${report.message}). ` +
      'Whether a shipped dependency has a known advisory was not asked; ask on another registry.',
  )
} else if (report.auditReportVersion === undefined) {
  console.error(`audit: ${report.message ?? report.error?.summary ?? 'npm audit failed'}`)
  process.exitCode = 1
} else {
  const found = Object.entries(report.vulnerabilities ?? {})
  for (const [name, { severity, range, via }] of found) {
    const advisories = via.map((each) =>
      typeof each === 'string' ? `by ${each}` : `${each.title} ${each.url}`,
    )
    console.error(`${severity}: ${name} ${range}: ${advisories.join('; ')}`)
  }
  console.log(`audit: ${found.length} shipped dependencies with a known advisory`)
  process.exitCode = found.length > 0 ? 1 : 0
}
