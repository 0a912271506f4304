import { amount, hosts, list, needed, type Variables, word } from '../../environment/variables.js'
import { ConfigurationError } from '../../options.js'
import type { AmountLimits } from '../limits.js'
import type { ListedProvider } from '../listed-provider.js'
import { card } from './card.js'
import type { VexoraCredentials } from './route.js'
import { TAIWAN_CHANNELS, taiwan, type VexoraTaiwanOptions, type Way } from './taiwan.js'

export const listedTaiwan: ListedProvider = {
  id: 'vexora-taiwan',
  prefix: 'VEXORA_TAIWAN',
  read(variables) {
    const ways = variables.get('VEXORA_TAIWAN_WAYS')
    const limits = variables.get('VEXORA_TAIWAN_IP_LIMITS')
    return taiwan({
      ...readRoute(variables, 'VEXORA_TAIWAN'),
      ...(ways ? { ways: parseWays('VEXORA_TAIWAN_WAYS', ways) } : {}),
      ...(limits ? { ipLimits: parseIpLimits('VEXORA_TAIWAN_IP_LIMITS', limits) } : {}),
    })
  },
}

export const listedCard: ListedProvider = {
  id: 'vexora-card',
  prefix: 'VEXORA_CARD',
  read: (variables) =>
    card({
      ...readRoute(variables, 'VEXORA_CARD'),
      userId: variables.get('VEXORA_CARD_USER_ID'),
    }),
}

/** What all of Vexora's routes are configured with. */
function readRoute(variables: Variables, prefix: string): VexoraCredentials & AmountLimits {
  return {
    baseUrl: needed(variables, `${prefix}_BASE_URL`),
    merchantNo: word(variables, `${prefix}_MERCHANT_NO`),
    appSecret: needed(variables, `${prefix}_APP_SECRET`),
    cashierHosts: hosts(variables, `${prefix}_CASHIER_HOSTS`),
    min: amount(variables, `${prefix}_MIN`),
    max: amount(variables, `${prefix}_MAX`),
  }
}

/** `NET_BANKING=BANK_TRANSFER;STORE=711:7-ELEVEN`: for each channel `code:label,code:label`. */
function parseWays(name: string, text: string): NonNullable<VexoraTaiwanOptions['ways']> {
  return Object.fromEntries(
    list(text, ';').map((entry) => {
      const [channel = '', ways = ''] = entry.split('=').map((part) => part.trim())
      const isKnown = TAIWAN_CHANNELS.some((code) => code === channel)
      if (!isKnown || ways === '') {
        throw new ConfigurationError(
          name,
          'must be written like NET_BANKING=BANK_TRANSFER;STORE=711:7-ELEVEN',
        )
      }
      return [channel, list(ways, ',').map(parseWay)]
    }),
  )
}

function parseWay(text: string): Way {
  const [code = '', label = ''] = text.split(':').map((part) => part.trim())
  return { code, label: label || code }
}

/** `10/3`: payments and successes a day for each payer's address; or `off`. */
function parseIpLimits(name: string, text: string): NonNullable<VexoraTaiwanOptions['ipLimits']> {
  if (text === 'off') return 'off'
  const [, payments, successes] = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? []
  if (payments === undefined)
    throw new ConfigurationError(name, 'must be written like 10/3, or off')
  return { payments: Number(payments), successes: Number(successes) }
}
