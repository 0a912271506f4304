import { setTimeout as pause } from 'node:timers/promises'
import { quantile } from '../harness/statistics.js'
import { Connection } from './connection.js'
import * as requests from './requests.js'

/** How long the news took, milliseconds from the first notification sent to the answer read. */
export interface Told {
  p50: number
  p99: number
  last: number
  /** Requests that it took, for each payment. */
  requests: number
}

interface Waiter {
  connection: Connection
  /** When its answer was read. */
  answered: Promise<number>
}

/** Connections opened at once: more of them than a listener's queue holds would be refused. */
const AT_ONCE = 500
/** Milliseconds that a wait takes to be parked. */
const PARKING = 3

let parked: Waiter[] = []

export async function park(port: number, made: readonly requests.Made[]): Promise<void> {
  for (let from = 0; from < made.length; from += AT_ONCE) {
    parked.push(...made.slice(from, from + AT_ONCE).map((each) => begin(port, each)))
    await pause(PARKING * 10)
  }
}

export function release(): void {
  for (const { connection } of parked) connection.close()
  parked = []
}

export async function tellAll(
  port: number,
  notifications: readonly Buffer[],
  connections: number,
): Promise<Told> {
  const senders = Array.from({ length: connections }, () => new Connection(port))
  await pause(PARKING * 10)
  const start = performance.now()
  let next = 0
  await Promise.all(
    senders.map(async (sender) => {
      for (let each = notifications[next++]; each; each = notifications[next++]) {
        await acknowledged(sender, each)
      }
    }),
  )
  const times = await Promise.all(parked.map(({ answered }) => answered))
  for (const sender of senders) sender.close()
  return told(
    times.map((time) => time - start),
    1,
  )
}

export async function complete(
  port: number,
  made: readonly requests.Made[],
  notifications: readonly Buffer[],
  waiters: number,
): Promise<Told> {
  await park(port, made.slice(0, waiters))
  const sender = new Connection(port)
  const times: number[] = []
  for (const [index, each] of notifications.entries()) {
    await pause(PARKING)
    const waiter = parked[index]
    if (!waiter) throw new Error('fewer waiters than notifications')
    const sent = performance.now()
    const acknowledgement = acknowledged(sender, each)
    times.push((await waiter.answered) - sent)
    await acknowledgement
    waiter.connection.close()
    const following = made[waiters + index]
    if (following) parked.push(begin(port, following))
  }
  sender.close()
  return told(times, 1)
}

export async function poll(
  port: number,
  made: readonly requests.Made[],
  notifications: readonly Buffer[],
  every: number,
): Promise<Told> {
  let asked = 0
  const paid = new Map<number, number>()
  const times = made.map(async (each, index) => {
    const connection = new Connection(port)
    await pause(Math.random() * every)
    for (;;) {
      asked += 1
      const { body } = await connection.ask(requests.poll(each))
      if (isPaid(body)) break
      await pause(every)
    }
    const seen = performance.now()
    connection.close()
    return seen - (paid.get(index) ?? Number.NaN)
  })
  const sender = new Connection(port)
  const gap = (2 * every) / notifications.length
  const start = performance.now()
  for (const [index, each] of notifications.entries()) {
    await pause(Math.max(0, start + index * gap - performance.now()))
    paid.set(index, performance.now())
    await acknowledged(sender, each)
  }
  const measured = await Promise.all(times.slice(0, notifications.length))
  sender.close()
  return told(measured, asked / made.length)
}

function begin(port: number, made: requests.Made): Waiter {
  const connection = new Connection(port)
  const answered = connection.ask(requests.wait(made)).then(({ body }) => {
    const time = performance.now()
    if (!isPaid(body)) throw new Error(`a waiter was answered ${body.slice(0, 200)}`)
    return time
  })
  answered.catch(() => {})
  return { connection, answered }
}

async function acknowledged(sender: Connection, notification: Buffer): Promise<void> {
  const { status, body } = await sender.ask(notification)
  if (status !== 200) throw new Error(`a notification was answered ${status} ${body}`)
}

function isPaid(body: string): boolean {
  return body.includes('"status":"succeeded"')
}

function told(times: readonly number[], asked: number): Told {
  const sorted = Float64Array.from(times).sort()
  return {
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    last: sorted.at(-1) ?? Number.NaN,
    requests: asked,
  }
}
