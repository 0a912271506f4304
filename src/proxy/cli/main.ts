import { loadEnvironmentFile } from '../environment/environment-file.js'
import { errorName } from '../log.js'
import { ConfigurationError } from '../options.js'
import { StoreUnavailableError } from '../store/database.js'
import { ProxyCallError } from './proxy-call-error.js'
import { UsageError } from './usage-error.js'

const USAGE = `pay-button-proxy, configured by the environment and by .env in the working folder

  pay-button-proxy          serve payers, providers and the shop
  pay-button-proxy check [--offline] [--strict]
                            only say what is on and what is wrong: warnings fail with --strict, and
                            with --offline nobody is asked
  pay-button-proxy health   say whether the proxy that runs here takes requests
  pay-button-proxy token --order A-1001 --amount 300 --currency TWD [--description TEXT]
                            print an order token for PAY_ORDER_SECRET

Of the running proxy at PAY_PUBLIC_URL, or --url URL, with PAY_API_KEY; --json prints JSON lines:

  pay-button-proxy payments [--order A-1001] [--status needs_review] [--undelivered]
                            [--all | --cursor CURSOR]
                            list payments, newest first
  pay-button-proxy payments --record PAYMENT
                            print everything that changed a payment, and who said so
  pay-button-proxy payments --redeliver PAYMENT
                            tell the shop once more what it is owed
  pay-button-proxy resolve PAYMENT --status succeeded|failed --note TEXT
                            say what became of a payment

It ends with 0, with 1 where that failed, and with 2 where it was called wrongly.`

type Command = (args: string[]) => Promise<void>

/** Each loads its own: whoever only asks a running proxy needs little of what serving takes. */
const COMMANDS: Record<string, () => Promise<Command>> = {
  serve: async () => (await import('./serve-command.js')).serveCommand,
  check: async () => (await import('./check-command.js')).checkCommand,
  health: async () => (await import('./health-command.js')).healthCommand,
  token: async () => (await import('./token-command.js')).tokenCommand,
  payments: async () => (await import('./payments-command.js')).paymentsCommand,
  resolve: async () => (await import('./resolve-command.js')).resolveCommand,
}

async function main([command = 'serve', ...args]: string[]): Promise<void> {
  if (command === 'help' || command === '--help') return console.log(USAGE)
  const load = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined
  if (!load) throw new UsageError(USAGE)
  loadEnvironmentFile()
  const run = await load()
  await run(args)
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(explain(error))
  process.exitCode = error instanceof UsageError ? 2 : 1
})

/** One line for what an operator can mend; what we did not foresee keeps its stack. */
function explain(error: unknown): unknown {
  if (error instanceof UsageError) return error.message
  if (error instanceof ProxyCallError) return `pay-button-proxy: ${error.message}`
  if (error instanceof ConfigurationError) return `pay-button-proxy: ${error.message}`
  if (error instanceof StoreUnavailableError) return `pay-button-proxy: ${error.message}`
  if (errorName(error).endsWith('EADDRINUSE')) {
    return 'pay-button-proxy: the port of PAY_PORT is in use'
  }
  return error
}
