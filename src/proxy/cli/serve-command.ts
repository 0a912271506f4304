import { createPayProxy } from '../create-pay-proxy.js'
import { openStore, readEnvironment } from '../environment/environment.js'
import { errorName } from '../log.js'
import { serve } from '../node.js'
import { type Database, StoreUnavailableError, StoreUnusableError } from '../store/database.js'
import type { Telemetry } from '../telemetry/telemetry.js'
import { reportStart } from './start-report.js'

/** Serves until it is told to stop, then answers what is in flight. */
export async function serveCommand(): Promise<void> {
  const configuration = readEnvironment(process.env)
  const { options, databaseUrl, host, port } = configuration
  const store = openStore(databaseUrl)
  await meet(store)
  const pay = createPayProxy({ ...options, store, ...(await telemetry()) })
  const listening = await serve(pay, { host, port }).catch(async (error) => {
    await pay.close()
    throw error
  })
  console.log(`pay-button-proxy: ${listening.url} serves ${options.publicUrl} (${options.mode})`)
  reportStart(configuration)
  // npm and a terminal may both pass a signal on: the second one must not cut the stop short.
  let isStopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (!isStopping) void listening.close()
      isStopping = true
    })
  }
}

/**
 * A database that is not there yet is waited for, because both may start at the same time, and
 * requests are answered 503 meanwhile. One that somebody has to mend is no reason to start.
 */
async function meet(store: Database): Promise<void> {
  try {
    await store.read('SELECT 1 AS ok')
  } catch (error) {
    if (!(error instanceof StoreUnavailableError) || error instanceof StoreUnusableError) {
      await store.close()
      throw error
    }
    console.error(`pay-button-proxy: ${error.message}; until it works, requests are answered 503`)
  }
}

/** OpenTelemetry's API is an optional peer: without it nothing is measured. */
async function telemetry(): Promise<{ telemetry?: Telemetry }> {
  try {
    const { openTelemetry } = await import('../telemetry/open-telemetry.js')
    return { telemetry: openTelemetry() }
  } catch (error) {
    if (errorName(error).endsWith('ERR_MODULE_NOT_FOUND')) return {}
    throw error
  }
}
