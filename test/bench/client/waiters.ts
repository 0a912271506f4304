import { setTimeout as pause } from 'node:timers/promises'
import { quantile } from '../harness/statistics.js'
import { Connection } from './connection.js'
import * as requests from './requests.js'

/** How long the news took, milliseconds from the first notification sent to the answer read. */
export interface Told {
  p50: number
  p99: number
  last: number
  /** Requests that a page made until then, where they are counted. */
  requests?: number
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
  return told(times.map((time) => time - start))
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
  return told(times)
}

/** How pages watch, and when their payers pay. Milliseconds. */
export interface Watching {
  /** Between two reads; left out by pages that wait for the answer. */
  every?: number
  /** The first payer pays after so long, the last one so much later. */
  after: number
  within: number
}

/** Of the payments, only the first have a notification; the pages of the others only watch. */
export async function watch(
  port: number,
  made: readonly requests.Made[],
  notifications: readonly Buffer[],
  { every, after, within }: Watching,
): Promise<Told> {
  const paid: number[] = []
  let asked = 0
  let isOver = false
  const pages = made.map(async (each, index) => {
    const connection = new Connection(port)
    const isTold = index < notifications.length
    if (every) await pause(Math.random() * every)
    while (isTold || !isOver) {
      if (isTold) asked += 1
      const { body } = await connection.ask(every ? requests.poll(each) : requests.wait(each))
      if (isPaid(body)) break
      if (every) await pause(every)
    }
    connection.close()
    return performance.now() - (paid[index] ?? Number.NaN)
  })
  const sender = new Connection(port)
  const start = performance.now() + after
  for (const [index, each] of notifications.entries()) {
    const due = start + (index * within) / notifications.length
    await pause(Math.max(0, due - performance.now()))
    paid.push(performance.now())
    await acknowledged(sender, each)
  }
  const times = await Promise.all(pages.slice(0, notifications.length))
  isOver = true
  await Promise.all(pages)
  sender.close()
  return { ...told(times), requests: asked / notifications.length }
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

function told(times: readonly number[]): Told {
  const sorted = Float64Array.from(times).sort()
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), last: sorted.at(-1) ?? 0 }
}
