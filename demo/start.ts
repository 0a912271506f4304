import { ConfigurationError, StoreUnavailableError } from 'pay-button-proxy'
import { type Demo, PortInUseError, startDemo } from './demo.js'
import { SettingsError } from './settings.js'

/** The program: everything that a purchase needs, until Ctrl-C. */
async function start(): Promise<void> {
  const demo = await startDemo(process.env)
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // Ctrl-C comes twice under npm, from the terminal and from npm.
    process.on(signal, () => {
      if (!stopping) void demo.close()
      stopping = true
    })
  }
  announce(demo)
}

function announce({ url, sandbox }: Demo): void {
  if (sandbox) console.log(`Payments go to the sandbox, ${sandbox.url}: no money moves.`)
  console.log(`Open ${url}`)
}

const EXPECTED = [SettingsError, PortInUseError, ConfigurationError, StoreUnavailableError]

start().catch((error: unknown) => {
  const expected = error instanceof Error && EXPECTED.some((kind) => error instanceof kind)
  console.error(expected ? error.message : error)
  process.exitCode = 1
})
