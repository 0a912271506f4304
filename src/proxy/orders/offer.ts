import { fromMinor, type Money, toMinor } from '../../contract/money.js'
import type { Channel, Field, Offer } from '../../contract/offer.js'
import { checkPayer, type PayerValues } from '../../contract/payer-fields.js'
import type { FieldFaults } from '../../contract/problem.js'
import type { Provider, ProviderChannel } from '../providers/provider.js'
import type { Settings } from '../settings.js'
import type { Order } from './order.js'

/** A channel that can take an order, with whom it belongs to. */
export interface OfferedChannel {
  id: string
  provider: Provider
  channel: ProviderChannel
}

/** The channels that can carry the order's money exactly, in the configured order. */
export function channelsFor(order: Order, providers: readonly Provider[]): OfferedChannel[] {
  const facts = {
    amount: toMinor(order.amount.value),
    currency: order.amount.currency,
    userId: order.userId ?? undefined,
  }
  return providers.flatMap((provider) =>
    provider.channels
      .filter((channel) => channel.takes(facts))
      .map((channel) => ({ id: `${provider.id}:${channel.code}`, provider, channel })),
  )
}

export function toOffer(
  order: Order,
  offered: readonly OfferedChannel[],
  { paid, locked }: { paid: boolean; locked: boolean },
  { shopName, mode }: Pick<Settings, 'shopName' | 'mode'>,
): Offer {
  return {
    order: order.id,
    amount: tidy(order.amount),
    ...(order.description ? { description: order.description } : {}),
    ...(shopName ? { seller: shopName } : {}),
    channels: paid || locked ? [] : offered.map((channel) => toChannel(channel, order)),
    paid,
    ...(locked && !paid ? { locked } : {}),
    ...(mode === 'test' ? { test: true } : {}),
  }
}

/** Money as it is given out: without decimals if whole, else with two. */
export function tidy({ value, currency }: Money): Money {
  return { value: fromMinor(toMinor(value)), currency }
}

function toChannel({ id, provider, channel }: OfferedChannel, order: Order): Channel {
  const carried = carriedPayer(channel.fields, order)
  return {
    id,
    kind: channel.kind,
    flow: channel.flow,
    ...(channel.label ? { label: channel.label } : {}),
    operator: provider.operator,
    fields: channel.fields.filter((field) => !Object.hasOwn(carried, field.name)),
    ...(channel.ways ? { ways: [...channel.ways] } : {}),
    ...(channel.portable ? { portable: true } : {}),
  }
}

/** The fields of the channel that the order carries already and that pass their check. */
function carriedPayer(fields: readonly Field[], order: Order): PayerValues {
  const known = order.payer ?? {}
  return Object.assign(
    {},
    ...fields
      .filter((field) => Object.hasOwn(known, field.name))
      .map((field) => checkPayer([field], { [field.name]: known[field.name] ?? '' }))
      .map(({ payer, faults }) => (Object.keys(faults).length === 0 ? payer : {})),
  )
}

/**
 * Everything that the channel needs of the payer: what the order carries wins, and what the page
 * sent beside it is ignored.
 */
export function completePayer(
  fields: readonly Field[],
  order: Order,
  typed: PayerValues,
): { payer: PayerValues; faults: FieldFaults } {
  const carried = carriedPayer(fields, order)
  const isCarried = (name: string) => Object.hasOwn(carried, name)
  const asked = checkPayer(
    fields.filter((field) => !isCarried(field.name)),
    Object.fromEntries(Object.entries(typed).filter(([name]) => !isCarried(name))),
  )
  return { payer: { ...asked.payer, ...carried }, faults: asked.faults }
}
