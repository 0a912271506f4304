import { postgres, sqlite } from 'pay-button-proxy'
import { answer } from '../harness/processes.js'
import { quantile } from '../harness/statistics.js'
import { checkout, get, openProxy } from './proxy.js'
import { OPEN, store, stored } from './stored.js'
import { traced } from './traced.js'

/** What is timed; each of them is one request or one look at what is due. */
export type Work = 'read' | 'order' | 'checkout' | 'sweep' | 'list' | 'listed' | 'rare'

/** What this process answers: µs of each work, or the plans of all statements it caused. */
export type Times = Record<Work, number>

const [url = '', count = ''] = process.argv.slice(2)
const payments = Number(count)
const database = url.startsWith('postgres:')
  ? postgres(`${url}?statement_timeout=600000&query_timeout=600000`)
  : sqlite(url.slice('sqlite:'.length))
const seen = traced(database)
/** Evenly over all that is stored, the same ones in each run. */
const sample = (index: number) => stored(1 + ((index * 7_919) % (payments - OPEN)))
let checkouts = 0

const ready = store(database, payments).then(() => openProxy(seen))

answer(async (message: 'times' | 'plans') => {
  const pay = await ready
  if (message === 'plans') return seen.plans()
  const answered = async (request: Request) => {
    const response = await pay.fetch(request)
    if (!response.ok) throw new Error(`answered ${response.status}: ${await response.text()}`)
    await response.arrayBuffer()
  }
  return {
    read: await time(500, (index) =>
      answered(get(`/payments/${sample(index).id}?wait=1&version=0`)),
    ),
    order: await time(500, (index) => answered(get(`/orders/${sample(index).order}`))),
    checkout: await time(100, () => {
      checkouts += 1
      return answered(checkout(checkouts))
    }),
    sweep: await time(20, () => pay.sweep()),
    list: await time(20, () => answered(get('/payments'))),
    listed: await time(100, (index) => answered(get(`/payments?order=${sample(index).order}`))),
    rare: await time(5, () => answered(get('/payments?status=needs_review'))),
  } satisfies Times
})

/** The median of so many, in µs. */
async function time(times: number, work: (index: number) => Promise<void>): Promise<number> {
  const taken: number[] = []
  for (let index = 0; index < times; index += 1) {
    const start = performance.now()
    await work(index)
    taken.push((performance.now() - start) * 1000)
  }
  return quantile(Float64Array.from(taken).sort(), 0.5)
}
