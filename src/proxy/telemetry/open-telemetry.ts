import {
  type Attributes,
  type Meter,
  metrics,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import { errorName } from '../log.js'
import type { Activity, Levels, Telemetry } from './telemetry.js'

const NAME = 'pay-button-proxy'
/** Seconds: providers take some tenths, and are given up after 20. */
const BOUNDARIES = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20]

const SPANS = {
  create: 'provider create',
  query: 'provider query',
  delivery: 'shop delivery',
} as const satisfies Record<Activity['kind'], string>

/** Outcomes of which an operator should hear. */
const FAULTS = new Set(['unreachable', 'unknown', 'error'])

/**
 * Metrics and traces by OpenTelemetry's API (an optional peer of this package), which does nothing
 * until an SDK is registered. Register it before: a meter that was taken earlier stays silent.
 *
 * No attribute holds a payer's data, a payment's id (which is the permission to read it) or an
 * address.
 */
export function openTelemetry({
  meter = metrics.getMeter(NAME),
  tracer = trace.getTracer(NAME),
}: {
  meter?: Meter
  tracer?: Tracer
} = {}): Telemetry {
  const moves = meter.createCounter('pay_button.payments', {
    unit: '{payment}',
    description: 'Payments that came to a status',
  })
  const duration = (name: string, description: string) =>
    meter.createHistogram(name, {
      unit: 's',
      description,
      advice: { explicitBucketBoundaries: BOUNDARIES },
    })
  const calls = duration('pay_button.provider.duration', 'Calls to providers')
  const deliveries = duration('pay_button.delivery.duration', 'Events told to the shop')

  return {
    measure(activity, work, outcomeOf) {
      const { tradeNo, ...measured } = attributesOf(activity)
      const histogram = activity.kind === 'delivery' ? deliveries : calls
      const started = performance.now()
      const end = (span: Span, outcome: string) => {
        const seconds = (performance.now() - started) / 1000
        histogram.record(seconds, { ...measured, 'pay_button.outcome': outcome })
        span.setAttribute('pay_button.outcome', outcome)
        if (FAULTS.has(outcome)) span.setStatus({ code: SpanStatusCode.ERROR })
        span.end()
      }
      const attributes = { ...measured, 'pay_button.trade_no': tradeNo }
      const options = { kind: SpanKind.CLIENT, attributes }
      return tracer.startActiveSpan(SPANS[activity.kind], options, async (span) => {
        try {
          const result = await work()
          end(span, outcomeOf(result))
          return result
        } catch (error) {
          // Its name and never its message, which may quote what was sent.
          span.setAttribute('error.type', errorName(error))
          end(span, 'error')
          throw error
        }
      })
    },
    moved({ provider, channel, status, test }) {
      moves.add(1, {
        'pay_button.provider': provider,
        'pay_button.channel': channel,
        'pay_button.status': status,
        'pay_button.test': test,
      })
    },
    observe: (read) => observeLevels(meter, read),
  }
}

function attributesOf({ tradeNo, ...activity }: Activity): Attributes & { tradeNo: string } {
  return activity.kind === 'delivery'
    ? { tradeNo, 'pay_button.event': activity.type }
    : {
        tradeNo,
        'pay_button.provider': activity.provider,
        'pay_button.operation': activity.kind,
      }
}

function observeLevels(meter: Meter, read: () => Promise<Levels>): () => void {
  const gauge = (name: string, unit: string, description: string) =>
    meter.createObservableGauge(name, { unit, description })
  const gauges = {
    waiters: gauge('pay_button.waiters', '{request}', 'Requests that wait for a change'),
    debts: gauge('pay_button.debts', '{event}', 'Events that the shop has still to be told'),
    undelivered: gauge('pay_button.undelivered', '{event}', 'Events given up after three days'),
    dueQueries: gauge('pay_button.queries.due', '{payment}', 'Payments whose query is due'),
  } as const satisfies Record<keyof Levels, unknown>
  const observe: Parameters<Meter['addBatchObservableCallback']>[0] = async (result) => {
    // Without a store there is no level, which is told by everything else.
    const levels = await read().catch(() => undefined)
    if (!levels) return
    for (const name of Object.keys(gauges) as (keyof Levels)[]) {
      result.observe(gauges[name], levels[name])
    }
  }
  const all = Object.values(gauges)
  meter.addBatchObservableCallback(observe, all)
  return () => meter.removeBatchObservableCallback(observe, all)
}
