import { parseArgs } from 'node:util'
import { list, needed, Variables } from '../environment/variables.js'
import { orderSchema } from '../orders/order.js'
import { signOrder } from '../orders/token.js'
import { readArguments } from './arguments.js'
import { UsageError } from './usage-error.js'

/** Prints an order token for the first secret of `PAY_ORDER_SECRET`. */
export async function tokenCommand(args: string[]): Promise<void> {
  const order = orderSchema.safeParse(readOrder(args))
  if (!order.success) {
    const members = order.error.issues.map(
      (issue) => `--${issue.path.at(0) === 'id' ? 'order' : String(issue.path.at(0))}`,
    )
    throw new UsageError(`pay-button-proxy token: not as expected: ${members.join(', ')}`)
  }
  const [secret = ''] = list(needed(new Variables(process.env), 'PAY_ORDER_SECRET'), ' ')
  console.log(await signOrder(order.data, secret))
}

function readOrder(args: string[]): unknown {
  const text = { type: 'string' } as const
  const { values } = readArguments('token', () =>
    parseArgs({
      args,
      options: { order: text, amount: text, currency: text, description: text },
    }),
  )
  return {
    id: values.order,
    amount: { value: values.amount, currency: values.currency },
    description: values.description,
  }
}
