import type { HttpClient } from '../../src/proxy/index.js'
import { undiciClient } from '../../src/proxy/net/undici-client.js'

/** A client on real sockets that a test holds up, so that nothing depends on how fast it is. */
export interface HeldHttp {
  http: HttpClient
  /** How many calls are held up now. */
  held(): number
  /** Holds up every call from now on. */
  hold(): void
  /** Lets the calls go on, and later ones pass. */
  release(): void
  /** Lets the calls fail as a reset would, and later ones too. */
  lose(): void
}

/** @param where before a call leaves, or after it arrived and before its answer is read. */
export function heldHttp(where: 'before' | 'after'): HeldHttp {
  const real = undiciClient()
  let state: 'held' | 'open' | 'lost' = 'held'
  let waiting: { resolve(): void; reject(error: Error): void }[] = []

  const pass = async () => {
    if (state === 'lost') throw new Error('reset')
    if (state === 'held') {
      await new Promise<void>((resolve, reject) => waiting.push({ resolve, reject }))
    }
  }
  const turn = (next: typeof state) => {
    state = next
    const those = waiting
    waiting = []
    for (const { resolve, reject } of those)
      next === 'lost' ? reject(new Error('reset')) : resolve()
  }

  return {
    http: {
      send: async (request, timeout) => {
        if (where === 'before') await pass()
        const answer = await real.send(request, timeout)
        if (where === 'after') await pass()
        return answer
      },
      close: () => real.close(),
    },
    held: () => waiting.length,
    hold: () => {
      state = 'held'
    },
    release: () => turn('open'),
    lose: () => turn('lost'),
  }
}
