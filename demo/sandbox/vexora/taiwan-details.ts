import type { ChannelCode, TaiwanFields, Ways } from './taiwan-fields.js'

const CHANNEL_LABEL: Record<ChannelCode, string> = {
  NET_BANKING: 'Bank transfer',
  STORE: 'Convenience store',
  EWALLET: 'E-wallet',
}

/** What the cashier shows of an order in Taiwan, as labels and values. */
export function taiwanDetails(
  { channelCode, wayCode, bankNumber }: TaiwanFields,
  ways: Ways,
): [label: string, value: string][] {
  const way = ways[channelCode][wayCode]
  const payBy: [string, string] = [
    'Pay by',
    way ? `${CHANNEL_LABEL[channelCode]}, ${way}` : CHANNEL_LABEL[channelCode],
  ]
  // Money must come from one of these; of a number only the end is shown.
  const accounts = bankNumber?.replace(/-\d+/g, (account) => `-•••${account.slice(-4)}`)
  return accounts ? [payBy, ['Only from', accounts.replaceAll(',', ', ')]] : [payBy]
}
