/** The script of an order's page: writes down what the page and the shop's server are told. */

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
  payment?: { status: string; channel: string; reason?: string }
  error?: { code: string }
}

/** A message of `/orders/{id}/events`. */
interface ServerNews {
  paid: boolean
  delivery: { type: string; timestamp: string; amount: string; channel: string; again: boolean }
}

const pageLog = find('page-log')
const serverLog = find('server-log')
const orderStatus = find('order-status')

for (const type of PAGE_EVENTS) {
  document.addEventListener(type, (event) => {
    const { detail } = event as Event & { detail: Detail }
    write(pageLog, type, explain(detail), new Date())
  })
}

const news = new EventSource(`${location.pathname}/events`)
// Each connection begins with all that was told before.
news.addEventListener('open', () => serverLog.replaceChildren())
news.addEventListener('message', ({ data }) => {
  const { paid, delivery } = JSON.parse(data) as ServerNews
  const { type, channel, amount, again, timestamp } = delivery
  write(serverLog, type, [channel, amount, again && 'again'], new Date(timestamp))
  if (paid) orderStatus.textContent = orderStatus.dataset.paid ?? ''
})

function explain({ payment, channel, reason, error }: Detail): Words {
  return [channel ?? payment?.channel, payment?.status, payment?.reason, error?.code, reason]
}

type Words = readonly (string | false | undefined)[]

function write(log: HTMLElement, title: string, words: Words, time: Date): void {
  const line = document.createElement('li')
  const name = document.createElement('strong')
  name.textContent = title
  const clock = document.createElement('time')
  clock.dateTime = time.toISOString()
  clock.textContent = time.toLocaleTimeString()
  line.append(clock, ' ', name, ' ', words.filter(Boolean).join(' · '))
  log.append(line)
}

function find(id: string): HTMLElement {
  const element = document.getElementById(id)
  if (!element) throw new Error(`no element ${id}`)
  return element
}
