import type { Machine } from '../harness/machine.js'
import { ask, forkModule } from '../harness/processes.js'
import type { Client } from './client.js'

/** The client as it is spoken to from another process. */
export type Remote = {
  [Name in keyof Client]: (
    ...options: Parameters<Client[Name]>
  ) => Promise<Awaited<ReturnType<Client[Name]>>>
}

/**
 * Starts it on the other core than what it measures.
 *
 * @param sleeps while it waits for answers. To be woken is a cost of whoever answers; but where
 *   others need its core as well, it may not stay awake.
 */
export function startClient(machine: Machine, { sleeps }: { sleeps: boolean }): Remote {
  const running = forkModule('client', new URL('client.js', import.meta.url), [
    sleeps ? 'sleeps' : 'awake',
  ])
  machine.onClose(() => running.stop())
  return new Proxy({} as Remote, {
    get: (_, name) => (options: unknown) => ask(running, { name, options }),
  })
}
