import * as z from 'zod'
import { type IpLimits, type Sandbox, startSandbox } from './index.js'

/** The program: one sandbox on a fixed port, until Ctrl-C. */
const environmentSchema = z.object({
  SANDBOX_HOST: z.string().min(1).default('127.0.0.1'),
  SANDBOX_PORT: z.coerce.number().int().min(0).max(65535).default(8788),
  /** Transactions and successes of one payer address a day: `10/3`, or `off`. */
  SANDBOX_IP_LIMITS: z
    .string()
    .regex(/^(off|\d+\/\d+)$/)
    .optional(),
})

function stop(message: string): never {
  console.error(message)
  process.exit(1)
}

function readEnvironment() {
  const { data, error } = environmentSchema.safeParse(process.env)
  if (!data) stop(`${String(error.issues[0]?.path[0])}: not a value the sandbox can use`)
  const limits = data.SANDBOX_IP_LIMITS
  return {
    host: data.SANDBOX_HOST,
    port: data.SANDBOX_PORT,
    ...(limits !== undefined && { ipLimits: ipLimits(limits) }),
  }
}

function ipLimits(text: string): IpLimits | 'off' {
  const [transactions, successes] = text.split('/').map(Number)
  return transactions === undefined || successes === undefined ? 'off' : { transactions, successes }
}

async function start(): Promise<Sandbox> {
  const settings = readEnvironment()
  try {
    return await startSandbox(settings)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'EADDRINUSE') throw error
    stop(`Port ${settings.port} is in use: set SANDBOX_PORT to another one.`)
  }
}

const sandbox = await start()
console.log(`Payment provider sandbox: ${sandbox.url} (no money moves here)\n`)
for (const [name, value] of Object.entries(sandbox.environment)) console.log(`${name}='${value}'`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sandbox.close())
}
