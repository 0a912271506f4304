import type { Fault, Sandbox } from '../../demo/sandbox/index.js'
import { IS_LONG } from './form.js'

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

/** Refused in words, and taken all the same: found out by a query minutes later, if by nothing else. */
const LIES: readonly Fault[] = [
  { endpoint: 'checkout', kind: 'code', code: '9999', taken: true },
  { endpoint: 'code', kind: 'code', code: 21001, taken: true },
]

/** Milliseconds between two faults, and after which one that met no call is lifted. */
const EVERY = 60
const LASTS = 3_000

/** Makes answers and notifications misbehave until it is stopped. */
export function misbehave(sandbox: Sandbox): () => void {
  const faults = IS_LONG ? [...FAULTS, ...LIES] : FAULTS
  const waiting = new Set<() => void>()
  const timer = setInterval(() => {
    const fault = faults[Math.floor(Math.random() * faults.length)]
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
