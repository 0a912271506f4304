import type { Page } from 'puppeteer-core'

interface TraceEvent {
  name: string
  pid: number
  tid: number
  ts: number
  dur?: number
  args?: { data?: { message?: string } }
}

const CATEGORIES = ['disabled-by-default-devtools.timeline', 'blink.user_timing']
const MARK = 'bench: this page'

/** Milliseconds of the longest task that the page's main thread ran during `work`. */
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
  const tasks = traceEvents.filter(
    ({ name, pid, tid }) => name === 'RunTask' && pid === mark?.pid && tid === mark.tid,
  )
  if (tasks.length === 0) throw new Error('the trace has no tasks of the page')
  return Math.max(...tasks.map(({ dur = 0 }) => dur)) / 1000
}
