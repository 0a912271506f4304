/** Writes down what the page is told. */

import { find, type Words, write } from './log.js'

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
