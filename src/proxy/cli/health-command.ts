import { parseArgs } from 'node:util'
import { ask } from '../check/ask.js'
import { readEnvironment } from '../environment/environment.js'
import { readArguments } from './arguments.js'
import { ProxyCallError } from './proxy-call-error.js'

/** What listens on every address is reached on this one. */
const HERE: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }

/**
 * Whether the proxy that runs here with this environment takes requests, for a container.
 *
 * @throws {ProxyCallError}
 */
export async function healthCommand(args: string[]): Promise<void> {
  readArguments('health', () => parseArgs({ args, options: {} }))
  const { host, port, options } = readEnvironment(process.env)
  const path = new URL(options.publicUrl).pathname.replace(/\/$/, '')
  const name = HERE[host] ?? (host.includes(':') ? `[${host}]` : host)
  const url = `http://${name}:${port}${path}/readyz`
  const asked = await ask(url)
  if (!asked.answered) throw new ProxyCallError(`${url} ${asked.why}`)
  if (asked.status !== 200) throw new ProxyCallError(`${url} answers ${asked.status}`)
  console.log('ready')
}
