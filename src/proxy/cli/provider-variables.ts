import { MONEY_VALUE } from '../../contract/money.js'
import { ConfigurationError } from '../options.js'
import type { AmountLimits } from '../providers/limits.js'
import type { Provider } from '../providers/provider.js'
import {
  type VexoraCardOptions,
  type VexoraTaiwanOptions,
  vexora,
} from '../providers/vexora/index.js'
import type { VexoraCredentials } from '../providers/vexora/route.js'
import { TAIWAN_CHANNELS, type Way } from '../providers/vexora/taiwan.js'
import { list, needed, type Variables } from './variables.js'

/** Which variable sets which option of a provider, for the messages. */
export const PROVIDER_OPTIONS: Record<string, string> = {
  'vexora-taiwan.baseUrl': 'VEXORA_TAIWAN_BASE_URL',
  'vexora-card.baseUrl': 'VEXORA_CARD_BASE_URL',
}

/** The providers that have any of their variables set; the others are off. */
export function providersFrom(variables: Variables): Provider[] {
  return [
    ...(variables.hasAny('VEXORA_TAIWAN_') ? [vexora.taiwan(vexoraTaiwan(variables))] : []),
    ...(variables.hasAny('VEXORA_CARD_') ? [vexora.card(vexoraCard(variables))] : []),
  ]
}

function vexoraTaiwan(variables: Variables): VexoraTaiwanOptions {
  const ways = variables.get('VEXORA_TAIWAN_WAYS')
  const limits = variables.get('VEXORA_TAIWAN_IP_LIMITS')
  return {
    ...vexoraRoute(variables, 'VEXORA_TAIWAN'),
    ...(ways ? { ways: parseWays('VEXORA_TAIWAN_WAYS', ways) } : {}),
    ...(limits ? { ipLimits: parseIpLimits('VEXORA_TAIWAN_IP_LIMITS', limits) } : {}),
  }
}

function vexoraCard(variables: Variables): VexoraCardOptions {
  return {
    ...vexoraRoute(variables, 'VEXORA_CARD'),
    userId: variables.get('VEXORA_CARD_USER_ID'),
  }
}

/** What all of Vexora's routes are configured with. */
function vexoraRoute(variables: Variables, prefix: string): VexoraCredentials & AmountLimits {
  const merchantNo = `${prefix}_MERCHANT_NO`
  return {
    baseUrl: needed(variables, `${prefix}_BASE_URL`),
    merchantNo: headerText(merchantNo, needed(variables, merchantNo)),
    appSecret: needed(variables, `${prefix}_APP_SECRET`),
    cashierHosts: hosts(variables.get(`${prefix}_CASHIER_HOSTS`)),
    min: amount(variables, `${prefix}_MIN`),
    max: amount(variables, `${prefix}_MAX`),
  }
}

/** It is sent as a header, where a line break would begin another one. */
function headerText(name: string, value: string): string {
  if (!/^[\x21-\x7e]+$/.test(value)) throw new ConfigurationError(name, 'must be one plain word')
  return value
}

function hosts(text: string | undefined): string[] | undefined {
  return text === undefined ? undefined : list(text.toLowerCase(), ',')
}

function amount(variables: Variables, name: string): string | undefined {
  const value = variables.get(name)
  if (value !== undefined && !MONEY_VALUE.test(value)) {
    throw new ConfigurationError(name, 'must be an amount in major units, such as 100')
  }
  return value
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
