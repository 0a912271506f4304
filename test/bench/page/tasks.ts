import type { Page } from 'puppeteer-core'

interface TraceEvent {
  name: string
  pid: number
  tid: number
  /** Microseconds. */
  ts: number
  dur?: number
  /** What the thread itself ran of `dur`, where the browser knows it. */
  tdur?: number
}

const CATEGORIES = [
  'disabled-by-default-devtools.timeline',
  'devtools.timeline',
  'v8',
  'blink.user_timing',
]
const MARK = 'bench: this page'

/**
 * Milliseconds of CPU of the longest task that the page's main thread ran during `work`. Where the
 * page loads meanwhile, the tasks before its script are the browser's own and are not counted.
 */
export async function longestTask(page: Page, work: () => Promise<unknown>): Promise<number> {
  await page.tracing.start({ categories: CATEGORIES })
  await work()
  await page.evaluate((mark) => performance.mark(mark), MARK)
  const trace = await page.tracing.stop()
  if (!trace) throw new Error('no trace came')
  const { traceEvents } = JSON.parse(new TextDecoder().decode(trace)) as {
    traceEvents: TraceEvent[]
  }
  const mark = traceEvents.find(({ name }) => name === MARK)
  const ofPage = traceEvents.filter(({ pid, tid }) => pid === mark?.pid && tid === mark.tid)
  const scripts = ofPage.filter(({ name }) => name === 'v8.evaluateModule')
  const begin = scripts.length > 0 ? Math.min(...scripts.map(({ ts }) => ts)) : 0
  const tasks = ofPage.filter(({ name, ts, dur = 0 }) => name === 'RunTask' && ts + dur >= begin)
  if (tasks.length === 0) throw new Error('the trace has no tasks of the page')
  return Math.max(...tasks.map(({ dur = 0, tdur = dur }) => tdur)) / 1000
}
