/** Writes down what the page is told. */

const PAGE_EVENTS = [
  'pay-open',
  'pay-submit',
  'pay-pending',
  'pay-success',
  'pay-failure',
  'pay-error',
  'pay-close',
]

/** The members of the button's events that are worth a line. */
interface Detail {
  channel?: string
  reason?: string
  payment?: { order: string; status: string; channel: string; reason?: string }
  error?: { code: string }
}

const pageLog = find('page-log')

for (const type of PAGE_EVENTS) {
  document.addEventListener(type, (event) => {
    const { detail } = event as Event & { detail: Detail }
    const line = write(pageLog, type, explain(detail), new Date())
    const { order } = detail.payment ?? {}
    if (pageLog.dataset.orders && order) line.append(' · ', linkTo(pageLog.dataset.orders, order))
  })
}

function explain({ payment, channel, reason, error }: Detail): Words {
  return [channel ?? payment?.channel, payment?.status, payment?.reason, error?.code, reason]
}

/** To the page of an order, for what the shop's server was told of it. */
function linkTo(orders: string, order: string): HTMLElement {
  const link = document.createElement('a')
  link.href = orders + order
  link.textContent = order
  return link
}

type Words = readonly (string | false | undefined)[]

/** Adds a line. */
export function write(log: HTMLElement, title: string, words: Words, time: Date): HTMLElement {
  const line = document.createElement('li')
  const name = document.createElement('strong')
  name.textContent = title
  const clock = document.createElement('time')
  clock.dateTime = time.toISOString()
  clock.textContent = time.toLocaleTimeString()
  line.append(clock, ' ', name, ' ', words.filter(Boolean).join(' · '))
  log.append(line)
  return line
}

/** What the page surely has. */
export function find(id: string): HTMLElement {
  const element = document.getElementById(id)
  if (!element) throw new Error(`no element ${id}`)
  return element
}
