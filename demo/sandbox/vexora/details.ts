import type { ChannelCode, CheckoutFields, Ways } from './checkout-fields.js'

const CHANNEL_LABEL: Record<ChannelCode, string> = {
  NET_BANKING: 'Bank transfer',
  STORE: 'Convenience store',
  EWALLET: 'E-wallet',
}

/** What the cashier shows of an order, as labels and values. */
export function detailsOf(
  merchantNo: string,
  { tradeNo, channelCode, wayCode, bankNumber }: CheckoutFields,
  ways: Ways,
): [label: string, value: string][] {
  const way = ways[channelCode][wayCode]
  const details: [string, string][] = [
    ['Merchant', merchantNo],
    ['Order', tradeNo],
    ['Pay by', way ? `${CHANNEL_LABEL[channelCode]}, ${way}` : CHANNEL_LABEL[channelCode]],
  ]
  // Money must come from one of these; of a number only the end is shown.
  const accounts = bankNumber?.replace(/-\d+/g, (account) => `-•••${account.slice(-4)}`)
  return accounts ? [...details, ['Only from', accounts.replaceAll(',', ', ')]] : details
}
