import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { formatDays } from '../format-time.js'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/**
 * Counts down to a time by the server's clock: the device's own may be wrong, and stops while it
 * sleeps, so what is left is computed anew each second and not counted.
 */
export class Countdown implements ReactiveController {
  readonly #host: ReactiveControllerHost
  #end = Number.NaN
  /** How far the server's clock is ahead of the device's, milliseconds. */
  #ahead = 0
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  /** @param end @param serverNow ISO 8601; without an end nothing is counted. */
  set(end: string | null, serverNow: string): void {
    this.#end = end === null ? Number.NaN : Date.parse(end)
    this.#ahead = Date.parse(serverNow) - Date.now()
  }

  /** Milliseconds, never below 0; `undefined` without an end. */
  get left(): number | undefined {
    const left = this.#end - Date.now() - this.#ahead
    return Number.isNaN(left) ? undefined : Math.max(0, left)
  }

  hostConnected(): void {
    this.#timer = setInterval(() => this.#host.requestUpdate(), SECOND)
  }

  hostDisconnected(): void {
    clearInterval(this.#timer)
  }
}

/** `2 days 03:04:05`, `03:04:05` or `04:05`; days as the language writes them. */
export function formatLeft(left: number, language: string): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const clock = `${two((left % HOUR) / MINUTE)}:${two((left % MINUTE) / SECOND)}`
  if (left < HOUR) return clock
  const hours = `${two((left % DAY) / HOUR)}:${clock}`
  if (left < DAY) return hours
  return `${formatDays(Math.floor(left / DAY), language)} ${hours}`
}

/** When a screen reader is told what is left; every second would be too much. */
const SPOKEN = [3 * MINUTE, MINUTE, 30 * SECOND]

/** The mark that was passed last, milliseconds; `undefined` before the first. */
export function spokenMark(left: number): number | undefined {
  return SPOKEN.filter((mark) => left <= mark).at(-1)
}
