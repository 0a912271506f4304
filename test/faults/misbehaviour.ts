import type { Fault, Sandbox } from '../../demo/sandbox/index.js'

const CREATES = ['checkout', 'code', 'link'] as const
const QUERIES = ['query', 'code-check', 'link-query'] as const

/** What goes wrong between a provider and a proxy, whichever it is. */
const FAULTS: readonly Fault[] = [
  ...CREATES.flatMap((endpoint): Fault[] => [
    { endpoint, kind: 'reset' },
    { endpoint, kind: 'reset', taken: false },
    { endpoint, kind: 'html' },
    { endpoint, kind: 'empty' },
    { endpoint, kind: 'http-status', status: 502 },
    { endpoint, kind: 'delay', ms: 700 },
    { endpoint, kind: 'delay', ms: 1_500 },
  ]),
  ...QUERIES.flatMap((endpoint): Fault[] => [
    { endpoint, kind: 'reset' },
    { endpoint, kind: 'html', status: 503 },
    { endpoint, kind: 'delay', ms: 500 },
    { endpoint, kind: 'delay', ms: 1_500 },
  ]),
  ...([300, 900, 2_000] as const).map(
    (ms): Fault => ({ endpoint: 'notification', kind: 'delay', ms }),
  ),
  { endpoint: 'notification', kind: 'drop' },
  { endpoint: 'notification', kind: 'drop' },
  { endpoint: 'notification', kind: 'duplicate' },
  { endpoint: 'notification', kind: 'duplicate' },
]

/** Milliseconds between two faults, and after which one that met no call is lifted. */
const EVERY = 60
const LASTS = 3_000

/** Makes answers and notifications misbehave until it is stopped. */
export function misbehave(sandbox: Sandbox): () => void {
  const waiting = new Set<() => void>()
  const timer = setInterval(() => {
    const fault = FAULTS[Math.floor(Math.random() * FAULTS.length)]
    if (!fault) return
    const lift = sandbox.fault(fault)
    waiting.add(lift)
    setTimeout(() => {
      lift()
      waiting.delete(lift)
    }, LASTS).unref()
  }, EVERY)
  return () => {
    clearInterval(timer)
    for (const lift of waiting) lift()
  }
}
