import type { Provider } from '../core/provider.js'
import { type AreaOptions, vexoraArea } from './area.js'
import { createIpLedger, type IpLimits } from './ip-limits.js'
import { taiwanDetails } from './taiwan-details.js'
import { parseTaiwan, type Ways } from './taiwan-fields.js'

export const TAIWAN_PATH = '/vexora/taiwan'

export interface VexoraTaiwanOptions extends AreaOptions {
  ways: Ways
  ipLimits: IpLimits | 'off'
}

/** Plays Vexora's Taiwan area. */
export function vexoraTaiwan({ ways, ipLimits, ...options }: VexoraTaiwanOptions): Provider {
  return vexoraArea(
    {
      id: 'vexora-taiwan',
      name: 'Taiwan',
      basePath: TAIWAN_PATH,
      prefix: 'VEXORA_TAIWAN',
      settings: { WAYS: waysSetting(ways) },
      parse: (fields) => {
        const checked = parseTaiwan(fields, ways)
        return { ...checked, currency: 'TWD', details: taiwanDetails(checked, ways) }
      },
      ledger: createIpLedger(ipLimits),
      answer: { namesTradeNo: true, desc: 'Paying' },
    },
    options,
  )
}

/** `NET_BANKING=BANK_TRANSFER;STORE=711:7-ELEVEN` */
function waysSetting(ways: Ways): string {
  return Object.entries(ways)
    .map(([channel, labels]) => {
      const codes = Object.entries(labels).map(([code, label]) =>
        label ? `${code}:${label}` : code,
      )
      return `${channel}=${codes.join(',')}`
    })
    .join(';')
}
