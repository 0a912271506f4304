/** Writes down what a page and the shop's server are told, line by line. */

/** A message of `/orders/{id}/events`. */
interface ServerNews {
  paid: boolean
  delivery: { type: string; timestamp: string; amount: string; channel: string; again: boolean }
}

export type Words = readonly (string | false | undefined)[]

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

/**
 * Writes what the shop's server is told of an order, from the first word on.
 *
 * @param order the path of its page.
 * @returns how to stop.
 */
export function followServer(order: string, log: HTMLElement, paid = () => {}): () => void {
  const news = new EventSource(`${order}/events`)
  // Each connection begins with all that was told before.
  news.addEventListener('open', () => log.replaceChildren())
  news.addEventListener('message', ({ data }) => {
    const { paid: isPaid, delivery } = JSON.parse(data) as ServerNews
    const { type, channel, amount, again, timestamp } = delivery
    write(log, type, [channel, amount, again && 'again'], new Date(timestamp))
    if (isPaid) paid()
  })
  return () => news.close()
}

/** @throws {Error} where the page has no such element. */
export function find<Kind extends HTMLElement>(id: string): Kind {
  const element = document.getElementById(id)
  if (!element) throw new Error(`no element ${id}`)
  return element as Kind
}
