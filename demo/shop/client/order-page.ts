/** The script of an order's page: writes down what the shop's server is told, too. */

import { find, write } from './page-log.js'

/** A message of `/orders/{id}/events`. */
interface ServerNews {
  paid: boolean
  delivery: { type: string; timestamp: string; amount: string; channel: string; again: boolean }
}

const serverLog = find('server-log')
const orderStatus = find('order-status')

const news = new EventSource(`${location.pathname}/events`)
// Each connection begins with all that was told before.
news.addEventListener('open', () => serverLog.replaceChildren())
news.addEventListener('message', ({ data }) => {
  const { paid, delivery } = JSON.parse(data) as ServerNews
  const { type, channel, amount, again, timestamp } = delivery
  write(serverLog, type, [channel, amount, again && 'again'], new Date(timestamp))
  if (paid) orderStatus.textContent = orderStatus.dataset.paid ?? ''
})
