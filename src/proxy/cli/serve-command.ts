import { createPayProxy } from '../create-pay-proxy.js'
import { configure } from '../environment/environment.js'
import { serve } from '../node.js'

/** Serves until it is told to stop, then answers what is in flight. */
export async function serveCommand(): Promise<void> {
  const { options, host, port } = configure(process.env)
  const pay = createPayProxy(options)
  const listening = await serve(pay, { host, port }).catch(async (error) => {
    await pay.close()
    throw error
  })
  console.log(`pay-button-proxy: ${listening.url} serves ${options.publicUrl} (${options.mode})`)
  // npm and a terminal may both pass a signal on: the second one must not cut the stop short.
  let isStopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (!isStopping) void listening.close()
      isStopping = true
    })
  }
}
