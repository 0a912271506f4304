import { setTimeout as pause } from 'node:timers/promises'

/**
 * Tries again until it holds; what it throws counts as no.
 *
 * @param timeout milliseconds.
 * @returns whether it came to hold.
 */
export async function until(timeout: number, holds: () => Promise<boolean>): Promise<boolean> {
  for (const end = Date.now() + timeout; Date.now() < end; await pause(100)) {
    if (await holds().catch(() => false)) return true
  }
  return false
}
