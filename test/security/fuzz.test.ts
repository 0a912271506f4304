import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { IS_LONG, tell } from '../faults/form.js'
import '../proxy/lifecycle.js'
import { faultOf, isBeforeUs } from './fuzz/judge.js'
import { requests } from './fuzz/requests.js'
import {
  type Answer,
  type FuzzedRequest,
  sendByFetch,
  sendBySocket,
  toRequest,
} from './fuzz/send.js'
import { type OrderMode, startTarget, type Target } from './fuzz/target.js'

/** How many requests in all, and which ones: `FUZZ_REQUESTS=50000 FUZZ_SEED=1`. */
const COUNT = Number(process.env.FUZZ_REQUESTS ?? (IS_LONG ? 50_000 : 1_500))
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 0x7fffffff)
/** Requests that are under way together. */
const TOGETHER = 25
/** Bytes that the heap may grow by once every order has all the payments it may have. */
const GROWTH = 24 * 1024 * 1024
/** Milliseconds for each request, on a machine that is busy with other tests. */
const PATIENCE = 40

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

function heapUsed(): number {
  collectGarbage()
  collectGarbage()
  return process.memoryUsage().heapUsed
}

for (const mode of ['callback', 'tokens'] satisfies OrderMode[]) {
  test(`no request breaks the contract, hangs or learns a secret: orders by ${mode}`, {
    timeout: 60_000 + COUNT * PATIENCE,
  }, async (context) => {
    const target = await startTarget(mode)
    const counts = new Map<string, number>()
    const batches = Math.ceil(COUNT / 2 / TOGETHER)
    let done = 0
    let heapBefore = 0
    const batch = fc.array(requests(target), { minLength: TOGETHER, maxLength: TOGETHER })

    await fc.assert(
      fc.asyncProperty(batch, async (together) => {
        done += 1
        if (done === Math.ceil(batches / 2)) heapBefore = heapUsed()
        const outcomes = await Promise.all(together.map((each) => tryOne(each, target, counts)))
        const fault = outcomes.find((outcome) => outcome !== undefined)
        expect(JSON.stringify(fault)?.slice(0, 5_000)).toBeUndefined()
        expect(target.logged.leaks).toEqual([])
      }),
      { numRuns: batches, seed: SEED, endOnFailure: true },
    )

    const grown = heapUsed() - heapBefore
    tell(context, {
      seed: SEED,
      requests: batches * TOGETHER,
      payments: target.known.length,
      'log lines': target.logged.lines,
      'MB more in the second half': Math.round(grown / 1e5) / 10,
      ...Object.fromEntries([...counts].sort(([, a], [, b]) => b - a)),
    })
    // That what is good was good: a fuzzer that is turned away at the door has tried nothing.
    const made = (counts.get('201') ?? 0) + (counts.get('202') ?? 0)
    expect(made).toBeGreaterThan(Math.min(COUNT / 100, 100))
    expect(counts.get('401')).toBeGreaterThan(0)
    expect(counts.get('notified')).toBeGreaterThan(0)
    expect(grown).toBeLessThan(GROWTH)
  })
}

/** @returns what is wrong with the answer, beside the request that it answers. */
async function tryOne(
  request: FuzzedRequest,
  target: Target,
  counts: Map<string, number>,
): Promise<{ fault: string; request: FuzzedRequest; answer: string | undefined } | undefined> {
  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1)
  let answer: Answer | undefined
  try {
    const made = request.by === 'fetch' ? toRequest(request) : undefined
    count(made ? 'by fetch' : 'by socket')
    answer = await (made ? sendByFetch(target.fetch, made) : sendBySocket(target.port, request))
    if (!answer) count('hung up')
    else if (isBeforeUs(answer)) count('refused by Node')
    else count(String(answer.status))
    remember(request, answer, target)
    if (answer?.status === 200 && request.target.includes('/notifications/')) count('notified')
    const fault = faultOf(request, answer, target)
    return fault === undefined ? undefined : { fault, request, answer: answer?.raw.slice(0, 500) }
  } catch (error) {
    return { fault: String(error), request, answer: answer?.raw.slice(0, 500) }
  }
}

/** What later requests name, as a page would. */
function remember(request: FuzzedRequest, answer: Answer | undefined, target: Target): void {
  if (answer?.status !== 201 && answer?.status !== 202) return
  const { id } = JSON.parse(answer.body) as { id: string }
  const [, key = ''] = request.headers.find(([name]) => name === 'Idempotency-Key') ?? []
  target.known.push({ id, key })
}
