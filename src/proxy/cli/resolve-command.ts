import { parseArgs } from 'node:util'
import { resolutionSchema } from '../payments/operator-schemas.js'
import { readArguments } from './arguments.js'
import { print, showPayments } from './payments-command.js'
import { ProxyClient } from './proxy-client.js'
import { UsageError } from './usage-error.js'

/** Says what became of a payment, with a note for its record. */
export async function resolveCommand(args: string[]): Promise<void> {
  const text = { type: 'string' } as const
  const { values, positionals } = readArguments('resolve', () =>
    parseArgs({
      args,
      options: { url: text, status: text, note: text, json: { type: 'boolean' } },
      allowPositionals: true,
    }),
  )
  const [id, ...others] = positionals
  if (!id || others.length > 0) {
    throw new UsageError('pay-button-proxy resolve: name one payment')
  }
  const { url, json = false, ...said } = values
  const resolution = resolutionSchema.safeParse(said)
  if (!resolution.success) {
    const [issue] = resolution.error.issues
    throw new UsageError(
      issue?.path[0] === 'status'
        ? 'pay-button-proxy resolve: --status must be succeeded or failed'
        : 'pay-button-proxy resolve: --note must be one line of 1 to 500 characters',
    )
  }
  print([await new ProxyClient(url).resolve(id, resolution.data)], json, showPayments)
}
