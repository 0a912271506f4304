import { sameMoney, toMinor } from '../../contract/money.js'
import type { CreatePayment as CreateBody } from '../../contract/payment.js'
import type { HttpRequest } from '../http/http-request.js'
import { ProblemError } from '../http/problem.js'
import { errorName, type Logger } from '../log.js'
import { isPublicIp } from '../net/addresses.js'
import { channelsFor, completePayer, type OfferedChannel } from '../orders/offer.js'
import type { Order } from '../orders/order.js'
import type { OrderSource, Reference } from '../orders/source.js'
import type { ProviderPayment } from '../providers/provider.js'
import type { Settings } from '../settings.js'
import type { IpDays } from './ip-days.js'
import { keyedHash } from './keyed-hash.js'
import { LIMITS } from './limits.js'
import { notificationAddress } from './notification-address.js'
import { newPaymentId, newTradeNo } from './numbers.js'
import { recordOutcome } from './outcome.js'
import { ipLimitProblem, ipSlot } from './payer-ip-limit.js'
import type { NewPayment, OrderState, PaymentStore } from './payment-store.js'
import type { ProviderCalls } from './provider-calls.js'
import type { PaymentFacts, PaymentRecord, SeenPayment } from './record.js'
import { RANKS } from './status.js'
import type { Waiters } from './waiters.js'

/** A request to pay, checked as far as it can be without knowing its order. */
export interface CreateRequest {
  key: string
  body: CreateBody
  payerIp: string | undefined
  request: HttpRequest
}

/** `isNew` is false where the key was seen before. */
export interface CreateResult {
  payment: SeenPayment
  isNew: boolean
}

interface Parts {
  settings: Settings
  store: PaymentStore
  ipDays: IpDays
  orders: OrderSource
  calls: ProviderCalls
  waiters: Pick<Waiters<unknown>, 'wait'>
  providers: Parameters<typeof channelsFor>[1]
  log: Logger
  now: () => number
}

/** A payment that has a row, and whose provider is to be called. */
type Begun = Pick<NewPayment, keyof PaymentFacts | 'tradeNo'>

/** Everything that a call needs, once the request has passed every check. */
interface Ready {
  order: Order
  offered: OfferedChannel
  way: string | undefined
  payer: ProviderPayment['payer']
  payerIp: string
}

/**
 * Makes a payment exactly once for each key: a durable row, the payer's slot of the day, one call
 * to the provider, a durable outcome.
 */
export class PaymentCreator {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** @throws {ProblemError} in the order in which the contract lists them. */
  async create(create: CreateRequest): Promise<CreateResult> {
    const { store, orders } = this.#parts
    const reference = await orders.read(create.body.order)
    const fingerprints = this.#fingerprints(create, reference)
    // The same request may have come before, or by another way meanwhile.
    const replayed = async () => {
      const earlier = await store.byKey(create.key)
      return earlier && this.#replay(earlier, fingerprints, create, reference)
    }
    // The shop is not asked for an order whose payment is there already. A token tells everything
    // by itself, and nearly every request is new: so it is tried at once.
    let result = reference.token ? undefined : await replayed()
    while (!result) {
      try {
        result = await this.#createNew(create, reference, fingerprints[0])
      } catch (error) {
        // What stands in its way may be its own.
        result = error instanceof ProblemError ? await replayed() : undefined
        if (!result) throw error
      }
      result ??= await replayed()
    }
    return result
  }

  /** `undefined` where the same request was in its way. */
  async #createNew(
    create: CreateRequest,
    reference: Reference,
    fingerprint: string,
  ): Promise<CreateResult | undefined> {
    const order = await this.#parts.orders.find(reference, create.request)
    let ready: Ready
    let release: () => void
    try {
      ready = this.#ready(order, create)
      release = this.#reserve(ready)
    } catch (error) {
      // What the order's payments forbid goes before it.
      await this.#checkOrder(order, create, reference)
      throw error
    }
    try {
      const payment = await this.#insert(create, ready, fingerprint, reference)
      if (payment) return { payment: await this.#call(payment, ready), isNew: true }
    } finally {
      release()
    }
    const { full } = await this.#checkOrder(order, create, reference)
    if (full) throw new ProblemError('too-many-payments')
    return undefined
  }

  /** Of the places for calls to the provider, of which a slow one has few. */
  #reserve({ offered }: Ready): () => void {
    const release = this.#parts.calls.reserveCreate(offered.provider)
    if (!release) throw new ProblemError('provider-unavailable')
    return release
  }

  /** What the same request has in common with itself, under each secret that is still accepted. */
  #fingerprints({ body }: CreateRequest, { identity }: Reference): [string, ...string[]] {
    const { channel, way, payer } = body
    const sorted = Object.entries(payer).sort(([a], [b]) => (a < b ? -1 : 1))
    const [first, ...others] = this.#parts.settings.secrets
    const hash = (secret: string) =>
      keyedHash(secret, 'request', [identity, channel, way ?? null, sorted])
    return [hash(first), ...others.map(hash)]
  }

  /** The same answer for the same request; an abandoned row is taken up where it was left. */
  async #replay(
    earlier: PaymentRecord,
    fingerprints: string[],
    create: CreateRequest,
    reference: Reference,
  ): Promise<CreateResult> {
    if (!fingerprints.includes(earlier.fingerprint)) {
      throw new ProblemError('idempotency-key-reused')
    }
    const deadline = this.#parts.now() + LIMITS.replayWait
    let payment: PaymentRecord | undefined = earlier
    while (payment && payment.rank <= RANKS.submitting) {
      const left = deadline - this.#parts.now()
      if (left <= 0) break
      const taken = payment.rank === RANKS.created && (await this.#parts.store.takeUp(payment.id))
      if (taken) return { payment: await this.#resume(taken, create, reference), isNew: false }
      await this.#parts.waiters.wait(payment.id).woken(Math.min(left, 250))
      payment = await this.#parts.store.byId(payment.id)
    }
    if (payment) return { payment, isNew: false }
    // The winner found no slot left for this address and took its row away; nor is there one now.
    const ready = this.#ready(await this.#parts.orders.find(reference, create.request), create)
    throw await this.#ipLimit(ready)
  }

  /** Nothing was sent for this row yet. Its order may have been paid or changed meanwhile. */
  async #resume(
    payment: PaymentRecord,
    create: CreateRequest,
    reference: Reference,
  ): Promise<SeenPayment> {
    const { store, orders } = this.#parts
    const interrupt = async () => {
      const move = { status: 'expired', reason: 'interrupted', queries: null } as const
      await store.advance(payment, 'shop', move)
      return (await store.byId(payment.id)) ?? payment
    }
    let ready: Ready
    try {
      const order = await orders.find(reference, create.request)
      const { paid } = await store.orderState(order.id)
      if (paid) return interrupt()
      ready = this.#ready(order, create)
    } catch (error) {
      if (error instanceof ProblemError) return interrupt()
      throw error
    }
    const release = this.#reserve(ready)
    try {
      return await this.#call(payment, ready)
    } finally {
      release()
    }
  }

  /** @throws {ProblemError} what other payments of the order stand in the way of. */
  async #checkOrder(
    order: Order,
    { key }: CreateRequest,
    { token }: Reference,
  ): Promise<OrderState> {
    const { value, currency } = order.amount
    const state = await this.#parts.store.orderState(order.id, {
      key,
      token: token && { issuedAt: token.issuedAt, amount: toMinor(value), currency },
    })
    if (state.outdated) throw new ProblemError('order-token-expired')
    if (order.paid || state.paid) throw new ProblemError('order-paid')
    if (state.locked) throw new ProblemError('payment-in-progress')
    return state
  }

  /** @throws {ProblemError} what the request itself is not right in. */
  #ready(order: Order, { body, payerIp }: CreateRequest): Ready {
    const { providers, settings } = this.#parts
    if (order.paid) throw new ProblemError('order-paid')
    if (!sameMoney(order.amount, body.amount)) throw new ProblemError('amount-changed')
    const offered = channelsFor(order, providers).find(({ id }) => id === body.channel)
    if (!offered || !canTell(offered, payerIp, settings)) {
      throw new ProblemError('channel-not-offered')
    }
    const { ways, fields } = offered.channel
    const way = body.way ?? (ways?.length === 1 ? ways[0]?.code : undefined)
    const isKnownWay = ways ? ways.some(({ code }) => code === way) : way === undefined
    if (!isKnownWay) throw new ProblemError('channel-not-offered')
    const { payer, faults } = completePayer(fields, order, body.payer)
    if (Object.keys(faults).length > 0) {
      throw new ProblemError('payer-fields-invalid', { fields: faults })
    }
    return { order, offered, way, payer, payerIp: payerIp ?? '' }
  }

  async #insert(
    { key, body }: CreateRequest,
    { order, offered, way }: Ready,
    fingerprint: string,
    { token }: Reference,
  ): Promise<Begun | undefined> {
    const { store, settings, now } = this.#parts
    const time = now()
    const payment: NewPayment = {
      id: newPaymentId(time),
      idempotencyKey: key,
      fingerprint,
      orderId: order.id,
      provider: offered.provider.id,
      channel: offered.id,
      way: way ?? null,
      amount: toMinor(order.amount.value),
      currency: order.amount.currency,
      test: settings.mode === 'test',
      tradeNo: newTradeNo(time),
      returnTo: body.returnTo ?? null,
      tokenIssuedAt: token?.issuedAt ?? null,
      lifetime: settings.lifetime,
      grace: settings.grace,
    }
    return (await store.insert(payment)) ? payment : undefined
  }

  /** From the durable row to the durable outcome. */
  async #call(payment: Begun, ready: Ready): Promise<SeenPayment> {
    const { store, settings, calls, log, now } = this.#parts
    const { provider } = ready.offered
    const slot = ipSlot(provider, ready.payerIp, now(), settings.secrets[0])
    const submitted = await store.submit(payment.id, slot)
    if (submitted === 'ip-limit') {
      const problem = await this.#ipLimit(ready)
      await store.discard(payment.id)
      throw problem
    }
    let moved: SeenPayment | undefined
    if (submitted === 'submitted') {
      const created = await calls.create(provider, toProviderPayment(payment, ready, settings))
      try {
        moved = await recordOutcome(store, settings, provider, payment, created)
      } catch (error) {
        log.error({ payment: payment.id, error: errorName(error) }, 'outcome not stored')
        throw error
      }
    }
    const concluded = moved ?? (await store.byId(payment.id))
    // Who took the row up meanwhile found no slot for it either.
    if (!concluded) throw await this.#ipLimit(ready)
    return concluded
  }

  async #ipLimit({ offered: { provider }, payerIp }: Ready): Promise<ProblemError> {
    const { ipDays, settings, now } = this.#parts
    const time = now()
    const slot = ipSlot(provider, payerIp, time, settings.secrets[0])
    return slot
      ? ipLimitProblem(ipDays, provider, slot, time)
      : new ProblemError('provider-unavailable')
  }
}

/** Whether the provider may be told this payer's address, where it wants to be told one. */
export function canTell(
  { provider }: OfferedChannel,
  payerIp: string | undefined,
  { mode }: Settings,
): boolean {
  if (!provider.payerIp) return true
  return payerIp !== undefined && (mode === 'test' || isPublicIp(payerIp))
}

function toProviderPayment(
  payment: Begun,
  { order, offered, way, payer, payerIp }: Ready,
  settings: Settings,
): ProviderPayment {
  return {
    tradeNo: payment.tradeNo,
    order: payment.orderId,
    channel: offered.channel.code,
    way,
    amount: payment.amount,
    currency: payment.currency,
    description: order.description ?? undefined,
    userId: order.userId ?? undefined,
    payer,
    payerIp,
    notifyUrl: notificationAddress(offered.provider, payment.tradeNo, settings),
    returnUrl: `${settings.publicUrl}/payments/${payment.id}/return`,
  }
}
