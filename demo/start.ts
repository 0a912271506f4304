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

function announce({ url, sandbox, ownProviders }: Demo): void {
  for (const prefix of ownProviders) console.log(`${prefix}… is set: payments really go there.`)
  const others = ownProviders.length > 0 ? ' other' : ''
  console.log(`The sandbox ${sandbox.url} plays the${others} providers: no money moves there.`)
  console.log(`Open ${url}`)
}

const EXPECTED = [SettingsError, PortInUseError, ConfigurationError, StoreUnavailableError]

start().catch((error: unknown) => {
  const expected = error instanceof Error && EXPECTED.some((kind) => error instanceof kind)
  console.error(expected ? error.message : error)
  process.exitCode = 1
})
