import { parseArgs } from 'node:util'
import type { Payment } from '../../contract/payment.js'
import type { RecordEntry } from '../payments/operator-schemas.js'
import { readArguments } from './arguments.js'
import { ProxyClient } from './proxy-client.js'
import { table } from './table.js'
import { UsageError } from './usage-error.js'

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const
const FILTERS = ['order', 'status', 'cursor'] as const

/** Lists payments of the running proxy, prints one's record, or has the shop told again. */
export async function paymentsCommand(args: string[]): Promise<void> {
  const { values } = readArguments('payments', () =>
    parseArgs({
      args,
      options: {
        url: text,
        json: flag,
        order: text,
        status: text,
        cursor: text,
        undelivered: flag,
        all: flag,
        record: text,
        redeliver: text,
      },
    }),
  )
  const { url, json = false, record, redeliver, ...filter } = values
  const isFiltered = Object.keys(filter).length > 0
  if ([record !== undefined, redeliver !== undefined, isFiltered].filter(Boolean).length > 1) {
    throw new UsageError('pay-button-proxy payments: --record and --redeliver stand alone')
  }
  const client = new ProxyClient(url)
  if (record !== undefined) {
    const entries = await client.record(record)
    print(entries, json, showRecord)
  } else if (redeliver !== undefined) {
    print([await client.redeliver(redeliver)], json, showPayments)
  } else await listPayments(client, filter, json)
}

async function listPayments(
  client: ProxyClient,
  {
    all = false,
    undelivered = false,
    ...given
  }: { all?: boolean; undelivered?: boolean } & Partial<Record<(typeof FILTERS)[number], string>>,
  json: boolean,
): Promise<void> {
  const filter: Record<string, string> = undelivered ? { undelivered: '1' } : {}
  for (const name of FILTERS) if (given[name] !== undefined) filter[name] = given[name]
  for (;;) {
    const { payments, next } = await client.payments(filter)
    print(payments, json, showPayments)
    if (next === undefined) return
    if (!all) {
      console.error(`There are more: --cursor ${next}, or --all.`)
      return
    }
    filter.cursor = next
  }
}

/** A line of JSON for each item, or all of them as an operator reads them. */
export function print<T>(
  items: readonly T[],
  json: boolean,
  show: (items: readonly T[]) => string,
) {
  if (!json) console.log(show(items))
  else for (const item of items) console.log(JSON.stringify(item))
}

export function showPayments(payments: readonly Payment[]): string {
  return table(
    ['CREATED', 'PAYMENT', 'ORDER', 'CHANNEL', 'AMOUNT', 'STATUS'],
    payments.map(({ createdAt, id, order, channel, amount, status, reason, test }) => [
      createdAt,
      id,
      order,
      channel,
      `${amount.value} ${amount.currency}`,
      [status, reason && `(${reason})`, test && 'TEST'].filter(Boolean).join(' '),
    ]),
  )
}

function showRecord(record: readonly RecordEntry[]): string {
  return table(
    ['AT', 'VERSION', 'BY', 'STATUS', 'RECEIVED', 'NOTE'],
    record.map(({ at, version, source, status, reason, was, received, note }) => [
      at,
      String(version),
      source,
      [was && was.status !== status ? `${was.status} → ${status}` : status, reason && `(${reason})`]
        .filter(Boolean)
        .join(' '),
      received ? `${received.value} ${received.currency}` : '',
      note ?? '',
    ]),
  )
}
