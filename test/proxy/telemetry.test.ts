import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import { expect, test } from 'vitest'
import { openTelemetry } from '../../src/proxy/telemetry/open-telemetry.js'
import { type HarnessOptions, lastOrder, start } from './harness.js'
import { closeAfterTest } from './lifecycle.js'
import { BANK_PAYER } from './requests.js'

/** A proxy that the real SDK measures, and what it has measured so far. */
async function measured(options: HarnessOptions = {}) {
  const metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const spans = new InMemorySpanExporter()
  const meters = new MeterProvider({
    // Collected when a test says so.
    readers: [
      new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: 3_600_000 }),
    ],
  })
  const tracers = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] })
  closeAfterTest(async () => {
    await meters.shutdown()
    await tracers.shutdown()
  })
  const harness = await start({
    telemetry: openTelemetry({ meter: meters.getMeter('x'), tracer: tracers.getTracer('x') }),
    ...options,
  })

  /** The newest points of a metric: `{attributes, value}`. */
  const points = async (name: string) => {
    await meters.forceFlush()
    const all =
      metrics
        .getMetrics()
        .at(-1)
        ?.scopeMetrics.flatMap((each) => each.metrics) ?? []
    return all.find(({ descriptor }) => descriptor.name === name)?.dataPoints ?? []
  }
  /** The value of a metric that has one point. */
  const level = async (name: string) => (await points(name))[0]?.value
  return { ...harness, points, level, spans, metrics }
}

test('a payment is counted in each status that it comes to, and each call is timed', async () => {
  const { made, sandbox, until, points, spans, sweep } = await measured()
  const { id } = await made()
  await sandbox.settle(lastOrder(sandbox).tradeNo, 'approve')
  await until(id, ({ status }) => status === 'succeeded')
  await sweep()

  const moves = await points('pay_button.payments')
  expect(moves.map(({ attributes, value }) => [attributes, value])).toEqual(
    ['requires_action', 'succeeded'].map((status) => [
      {
        'pay_button.provider': 'vexora-taiwan',
        'pay_button.channel': 'vexora-taiwan:NET_BANKING',
        'pay_button.status': status,
        'pay_button.test': true,
      },
      1,
    ]),
  )
  const [create] = await points('pay_button.provider.duration')
  expect(create).toMatchObject({
    attributes: {
      'pay_button.provider': 'vexora-taiwan',
      'pay_button.operation': 'create',
      'pay_button.outcome': 'accepted',
    },
    value: { count: 1 },
  })
  const [delivery] = await points('pay_button.delivery.duration')
  expect(delivery).toMatchObject({
    attributes: { 'pay_button.event': 'payment.succeeded', 'pay_button.outcome': 'taken' },
    value: { count: 1 },
  })
  expect(spans.getFinishedSpans().map(({ name }) => name)).toEqual(
    expect.arrayContaining(['provider create', 'shop delivery']),
  )
})

test('what is told twice is counted once', async () => {
  const { made, points, sandbox, until } = await measured()
  const { id } = await made()
  const { tradeNo } = lastOrder(sandbox)
  await sandbox.settle(tradeNo, 'approve')
  await until(id, ({ status }) => status === 'succeeded')
  await sandbox.notify(tradeNo)
  await sandbox.notify(tradeNo)
  const moves = await points('pay_button.payments')
  expect(moves.map(({ value }) => value)).toEqual([1, 1])
})

test('a call that fails is an error of its span, by its name alone', async () => {
  const { pay, points, spans } = await measured({
    http: {
      send: async () => {
        throw new Error(`could not send ${JSON.stringify(BANK_PAYER)}`)
      },
      close: async () => {},
    },
  })
  await pay()
  expect((await points('pay_button.provider.duration'))[0]?.attributes).toMatchObject({
    'pay_button.outcome': 'unknown',
  })
  const [span] = spans.getFinishedSpans()
  expect(span).toMatchObject({ name: 'provider create', status: { code: 2 }, events: [] })
})

test('what waits, is owed, was given up and is due can be seen', async () => {
  const { made, watch, sandbox, level, travel, clock, until } = await measured({
    onPayment: () => {
      throw new Error('the shop is asleep')
    },
  })
  const { id, version } = await made()
  expect(await level('pay_button.waiters')).toBe(0)
  const waiting = watch(id, version)
  await expect.poll(() => level('pay_button.waiters')).toBe(1)
  await waiting
  expect(await level('pay_button.queries.due')).toBe(0)
  clock.freeze()
  // A sweep that comes in between has asked already.
  await expect
    .poll(() => {
      clock.offset += 3_600_000
      return level('pay_button.queries.due')
    })
    .toBe(1)
  await sandbox.settle(lastOrder(sandbox).tradeNo, 'approve')
  await until(id, ({ status }) => status === 'succeeded')
  await expect.poll(() => level('pay_button.debts')).toBe(1)
  expect(await level('pay_button.undelivered')).toBe(0)
  // A delivery that was in flight meanwhile is tried once more.
  await expect
    .poll(async () => {
      await travel(4 * 24 * 3_600_000)
      return level('pay_button.debts')
    })
    .toBe(0)
  expect(await level('pay_button.undelivered')).toBe(1)
})

test('no payer, no token, no secret and no payment id stands in what is measured', async () => {
  const { made, sandbox, until, points, metrics, spans, sweep } = await measured()
  const { id } = await made()
  await sandbox.settle(lastOrder(sandbox).tradeNo, 'approve')
  await until(id, ({ status }) => status === 'succeeded')
  await sweep()
  await points('')
  const said = JSON.stringify([
    metrics.getMetrics().map(({ scopeMetrics }) => scopeMetrics),
    spans.getFinishedSpans().map(({ name, attributes, events, status }) => ({
      name,
      attributes,
      events,
      status,
    })),
  ])
  expect(said).toContain('vexora-taiwan')
  const payer = Object.values(BANK_PAYER).flat()
  for (const text of [...payer, id, 'A-1', sandbox.vexoraTaiwan.appSecret, 'http://']) {
    expect(said).not.toContain(text)
  }
})

test('an SDK that is not there costs nothing', async () => {
  const { made } = await start({ telemetry: openTelemetry() })
  expect((await made()).status).toBe('requires_action')
})
