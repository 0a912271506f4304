import { pino } from 'pino'
import type { Payment } from '../contract/payment.js'
import { createApp } from './app.js'
import { checkOptions, secretList } from './check-options.js'
import { nodeClientIp, normalised } from './http/client-ip.js'
import { fetchOf, type Handle } from './http/handle.js'
import { InFlight } from './in-flight.js'
import { errorName } from './log.js'
import { fetchClient } from './net/fetch-client.js'
import type { HttpClient } from './net/http-client.js'
import { undiciClient } from './net/undici-client.js'
import type { PayProxyOptions } from './options.js'
import { ordersFromCallback, ordersFromTokens } from './orders/source.js'
import { PaymentCreator } from './payments/create-payment.js'
import { IpDays } from './payments/ip-days.js'
import { readLevels } from './payments/levels.js'
import { LostWords } from './payments/lost-words.js'
import { Operator } from './payments/operator.js'
import type {
  PaymentFilter,
  PaymentPage,
  RecordEntry,
  Resolution,
} from './payments/operator-schemas.js'
import { PaymentStore } from './payments/payment-store.js'
import { ProviderCalls } from './payments/provider-calls.js'
import { QueryQueue } from './payments/query-queue.js'
import { Reconciler } from './payments/reconciler.js'
import { together } from './payments/together.js'
import { Waiters } from './payments/waiters.js'
import { assets } from './scripts/assets.generated.js'
import { KeptChunks } from './scripts/kept-chunks.js'
import type { Services } from './services.js'
import { DebtQueue } from './shop/debt-queue.js'
import { Deliveries } from './shop/deliveries.js'
import type { TellShop } from './shop/event.js'
import { webhook } from './shop/webhook.js'
import { noTelemetry } from './telemetry/telemetry.js'
import { ticker } from './ticker.js'

/** The signing proxy as a web-standard handler. */
export interface PayProxy {
  /** @param env what the runtime hands its handlers; on Node `{ incoming }`, which has the socket. */
  fetch(request: Request, env?: unknown): Promise<Response>
  /**
   * Payments, newest first, 100 at a time.
   *
   * @throws {ProblemError} `body-invalid`
   */
  payments(filter?: PaymentFilter): Promise<PaymentPage>
  /**
   * An operator's word on a payment, with a note for its record; the only thing that may take a
   * success back. Saying it again changes nothing.
   *
   * @throws {ProblemError} `body-invalid`, `payment-not-found`
   */
  resolve(paymentId: string, resolution: Resolution): Promise<Payment>
  /**
   * Everything that changed a payment and who said so, the first change first.
   *
   * @throws {ProblemError} `payment-not-found`
   */
  record(paymentId: string): Promise<RecordEntry[]>
  /**
   * Tells the shop once more, under the same id, what it is still owed of a payment.
   *
   * @throws {ProblemError} `payment-not-found`
   */
  redeliver(paymentId: string): Promise<Payment>
  /** Queries what is due and tells the shop what it is owed, once; for runtimes without timers. */
  sweep(): Promise<void>
  /** Answers what is in flight, ends every wait, and closes the store. */
  close(): Promise<void>
}

/** Milliseconds between two looks at what is due. */
const SWEEP_INTERVAL = 1_000
const FORGET_INTERVAL = 3_600_000
/** Milliseconds between two looks for what another process changed and whose word got lost. */
const LOOK_INTERVAL = 5_000
/** Payments as they were last read, about 1 kB each. */
const MOST_KEPT = 2_000
const MOST_WAITERS = { payment: 20, process: 20_000 }

/**
 * Starts the proxy: it owes the shop what it did not hear of and queries what is due from now on.
 *
 * @throws {ConfigurationError} naming the option that cannot be used.
 * @throws {StoreUnavailableError}
 */
export function createPayProxy(options: PayProxyOptions): PayProxy {
  const settings = checkOptions(options)
  const log = options.log ?? pino()
  const http = options.http ?? httpClient()
  const now = () => options.store.now()
  const telemetry = options.telemetry ?? noTelemetry
  const store = new PaymentStore(options.store, telemetry.moved)
  const queue = new QueryQueue(options.store)
  const debtQueue = new DebtQueue(options.store)
  const ipDays = new IpDays(options.store)
  const keptChunks = new KeptChunks(options.store, settings.secrets, assets)
  const providers = new Map(options.providers.map((provider) => [provider.id, provider]))
  const orders =
    typeof options.orders === 'function'
      ? ordersFromCallback(options.orders)
      : ordersFromTokens(secretList(options.orders.secret), now)
  const waiters = new Waiters(
    MOST_WAITERS,
    together((ids) => store.byIds(ids)),
    options.store.exclusive ? MOST_KEPT : 0,
  )
  const calls = new ProviderCalls(http, log, now, telemetry)
  const background = new InFlight()
  const requests = new InFlight()
  const reconciler = new Reconciler({
    store,
    queue,
    settings,
    log,
    inFlight: background,
    calls,
    providers,
  })
  const tell = tellShop(options, http, now)
  const deliveries = new Deliveries({
    debts: debtQueue,
    tell,
    log,
    inFlight: background,
    telemetry,
    now,
  })
  const onError = (error: unknown) => log.error({ error: errorName(error) }, 'sweep failed')

  for (const { id, assumptions = [] } of options.providers) {
    for (const hint of assumptions) log.warn({ provider: id, hint }, 'assumed, not confirmed')
  }

  const start = untilDone(async () => {
    if (options.store.exclusive) await queue.endLeases()
    await debtQueue.hasten()
    await keptChunks.renew()
  })
  const sweeping = (sweep: () => Promise<void>) => {
    const task = async () => {
      await start()
      await sweep()
    }
    return ticker(task, SWEEP_INTERVAL, onError)
  }
  const queries = sweeping(() => reconciler.sweep())
  const debts = sweeping(() => deliveries.sweep())
  const forgetting = ticker(
    async () => {
      await ipDays.forgetOld()
      await keptChunks.renew()
      await keptChunks.forgetOld()
    },
    FORGET_INTERVAL,
    onError,
  )
  const lostWords = new LostWords(store, waiters)
  const looking = ticker(
    async () => {
      if (!options.store.exclusive) await lostWords.look()
    },
    LOOK_INTERVAL,
    onError,
  )
  options.store.onChange((paymentId) => {
    if (paymentId === undefined) void waiters.wakeAll()
    else waiters.wake(paymentId)
    debts.kick()
  })

  const creator = new PaymentCreator({
    settings,
    store,
    ipDays,
    orders,
    calls,
    waiters,
    providers: options.providers,
    log,
    now,
  })
  const operator = new Operator({
    database: options.store,
    store,
    debts: debtQueue,
    log,
    moved: telemetry.moved,
    now,
  })
  const services: Services = {
    settings,
    providers,
    orders,
    store,
    queue,
    creator,
    operator,
    waiters,
    queries,
    clientIp: options.clientIp
      ? normalised(options.clientIp)
      : nodeClientIp(options.trustedProxies ?? []),
    findKeptChunk: (name) => keptChunks.find(name),
    ready: async () => {
      await start()
      await store.checkWritable()
    },
    log,
    now,
  }
  const stopObserving = telemetry.observe(async () => ({
    waiters: waiters.count,
    ...(await readLevels(options.store)),
  }))
  const app = createApp(services, assets)
  // Where the store is down, the work says so itself.
  const started = () => start()?.catch(() => {})
  const handle: Handle = (request) => {
    const starting = started()
    const answer = starting ? starting.then(() => app(request)) : app(request)
    return answer instanceof Promise ? requests.follow(answer) : answer
  }
  const track = <T>(work: () => Promise<T>) =>
    requests.track(async () => {
      await started()
      return work()
    })

  return {
    fetch: fetchOf(handle),
    payments: (filter = {}) => track(() => operator.payments(filter)),
    resolve: (paymentId, resolution) => track(() => operator.resolve(paymentId, resolution)),
    record: (paymentId) => track(() => operator.record(paymentId)),
    redeliver: (paymentId) => track(() => operator.redeliver(paymentId)),
    async sweep() {
      await queries.run()
      // What they find is owed to the shop as well.
      await background.settled()
      await debts.run()
      await background.settled()
    },
    async close() {
      stopObserving()
      waiters.close()
      await Promise.all([queries, debts, forgetting, looking].map((each) => each.stop()))
      await requests.settled()
      await background.settled()
      await http.close()
      await options.store.close()
    },
  }
}

/** Bun has undici's names, but not its connections. */
function httpClient(): HttpClient {
  return process.versions.bun ? fetchClient() : undiciClient()
}

function tellShop(
  { onPayment, webhook: hook }: PayProxyOptions,
  http: Parameters<typeof webhook>[0],
  now: () => number,
): TellShop | undefined {
  return hook ? webhook(http, hook.url, hook.secret, now) : onPayment
}

/**
 * Runs the task at each call until it has succeeded once, never twice at the same time.
 * `undefined`: it has.
 */
function untilDone(task: () => Promise<void>): () => Promise<void> | undefined {
  let isDone = false
  let running: Promise<void> | undefined
  return () => {
    if (isDone) return undefined
    running ??= task()
      .then(() => {
        isDone = true
      })
      .finally(() => {
        running = undefined
      })
    return running
  }
}
