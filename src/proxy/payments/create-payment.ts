import { sameMoney, toMinor } from '../../contract/money.js'
import type { CreatePayment as CreateBody } from '../../contract/payment.js'
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
import type { OrderState, PaymentStore } from './payment-store.js'
import type { ProviderCalls } from './provider-calls.js'
import type { PaymentRecord } from './record.js'
import { RANKS } from './status.js'
import type { Waiters } from './waiters.js'

/** A request to pay, checked as far as it can be without knowing its order. */
export interface CreateRequest {
  key: string
  body: CreateBody
  payerIp: string | undefined
  request: Request
}

/** `isNew` is false where the key was seen before. */
export interface CreateResult {
  payment: PaymentRecord
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
    for (;;) {
      const earlier = await store.byKey(create.key)
      if (earlier) return this.#replay(earlier, fingerprints, create, reference)
      try {
        const created = await this.#createNew(create, reference, fingerprints[0])
        if (created) return created
      } catch (error) {
        // The same request may have come by another way meanwhile: what stands in its way is its own.
        const winner = error instanceof ProblemError ? await store.byKey(create.key) : undefined
        if (!winner) throw error
        return this.#replay(winner, fingerprints, create, reference)
      }
    }
  }

  /** `undefined` where the same request was in its way, and has taken its row away by now. */
  async #createNew(
    create: CreateRequest,
    reference: Reference,
    fingerprint: string,
  ): Promise<CreateResult | undefined> {
    const order = await this.#parts.orders.find(reference, create.request)
    const { full } = await this.#checkOrder(order, create, reference)
    const ready = this.#ready(order, create)
    const release = this.#parts.calls.reserveCreate(ready.offered.provider)
    if (!release) throw new ProblemError('provider-unavailable')
    try {
      if (full) throw new ProblemError('too-many-payments')
      const payment = await this.#insert(create, ready, fingerprint, reference)
      if (payment) return { payment: await this.#call(payment, ready), isNew: true }
    } finally {
      release()
    }
    const now = await this.#checkOrder(order, create, reference)
    if (now.full) throw new ProblemError('too-many-payments')
    return undefined
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
  ): Promise<PaymentRecord> {
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
      if (paid || order.paid || !sameMoney(order.amount, create.body.amount)) return interrupt()
      ready = this.#ready(order, create)
    } catch (error) {
      if (error instanceof ProblemError) return interrupt()
      throw error
    }
    const release = this.#parts.calls.reserveCreate(ready.offered.provider)
    if (!release) throw new ProblemError('provider-unavailable')
    try {
      return await this.#call(payment, ready)
    } finally {
      release()
    }
  }

  async #checkOrder(
    order: Order,
    { key, body }: CreateRequest,
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
    if (!sameMoney(order.amount, body.amount)) throw new ProblemError('amount-changed')
    return state
  }

  #ready(order: Order, { body, payerIp }: CreateRequest): Ready {
    const { providers, settings } = this.#parts
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
  ): Promise<PaymentRecord | undefined> {
    const { store, settings, now } = this.#parts
    const time = now()
    return store.insert({
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
    })
  }

  /** From the durable row to the durable outcome. */
  async #call(payment: PaymentRecord, ready: Ready): Promise<PaymentRecord> {
    const { store, settings, calls, log } = this.#parts
    const { provider } = ready.offered
    const slot = ipSlot(provider, ready.payerIp, payment.createdAt, settings.secrets[0])
    const submitted = await store.submit(payment.id, slot)
    if (submitted === 'ip-limit') {
      const problem = await this.#ipLimit(ready)
      await store.discard(payment.id)
      throw problem
    }
    let moved: PaymentRecord | undefined
    if (submitted === 'submitted') {
      const created = await calls.create(provider, toProviderPayment(payment, ready, settings))
      try {
        moved = await recordOutcome(store, settings, provider, payment, created)
      } catch (error) {
        log.error({ payment: payment.id, error: errorName(error) }, 'outcome not stored')
        throw error
      }
    }
    return moved ?? (await store.byId(payment.id)) ?? payment
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
  payment: PaymentRecord,
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
