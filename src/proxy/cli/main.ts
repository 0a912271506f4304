import { errorName } from '../log.js'
import { ConfigurationError } from '../options.js'
import { StoreUnavailableError } from '../store/database.js'
import { checkCommand } from './check-command.js'
import { serveCommand } from './serve-command.js'
import { tokenCommand } from './token-command.js'
import { UsageError } from './usage-error.js'

const USAGE = `pay-button-proxy, configured by the environment

  pay-button-proxy          serve payers, providers and the shop
  pay-button-proxy check    only say whether the environment can be used
  pay-button-proxy token --order A-1001 --amount 300 --currency TWD [--description TEXT]
                            print an order token for PAY_ORDER_SECRET`

const COMMANDS: Record<string, (args: string[]) => Promise<void>> = {
  serve: serveCommand,
  check: checkCommand,
  token: tokenCommand,
}

async function main([command = 'serve', ...args]: string[]): Promise<void> {
  const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined
  if (!run) throw new UsageError(USAGE)
  await run(args)
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(explain(error))
  process.exitCode = 1
})

/** One line for what an operator can mend; what we did not foresee keeps its stack. */
function explain(error: unknown): unknown {
  if (error instanceof UsageError) return error.message
  if (error instanceof ConfigurationError) return `pay-button-proxy: ${error.message}`
  if (error instanceof StoreUnavailableError) return `pay-button-proxy: ${error.message}`
  if (errorName(error).endsWith('EADDRINUSE')) {
    return 'pay-button-proxy: the port of PAY_PORT is in use'
  }
  return error
}
