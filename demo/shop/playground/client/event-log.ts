import { write } from '../../client/log.js'
import type { Detail, FrameMessage } from './messages.js'

/** A line for an event of the button: its time, its name, what matters of it, and all of it. */
export function writeEvent(
  log: HTMLElement,
  { type, detail, at, canceled }: FrameMessage & { kind: 'event' },
): void {
  const line = write(log, type, [canceled && 'canceled', ...explain(detail)], new Date(at))
  const more = document.createElement('details')
  const title = document.createElement('summary')
  title.textContent = 'detail'
  const json = document.createElement('pre')
  json.textContent = JSON.stringify(detail, null, 2)
  more.append(title, json)
  line.append(' ', more)
}

function explain({ payment, channel, reason, error }: Detail) {
  return [channel ?? payment?.channel, payment?.status, payment?.reason, error?.code, reason]
}
