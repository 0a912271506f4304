import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Waits `ms` milliseconds without keeping the process alive.
 *
 * @returns false where the sandbox was closed meanwhile.
 */
export async function pause(ms: number, closed: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal: closed, ref: false })
    return true
  } catch (error) {
    if (closed.aborted) return false
    throw error
  }
}
