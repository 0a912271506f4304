import type { Provider, ProviderChannel, ProviderPayment, ProviderRequest } from '../provider.js'
import { readCreated, readQueried } from './answers.js'
import { readNotification } from './notification.js'
import { sign } from './signature.js'

/** What every Vexora route is configured with; each has its own base, number and secret. */
export interface VexoraCredentials {
  /** With the area's segment, given out by Vexora. Paths are appended to it. */
  baseUrl: string
  /** Ten digits. */
  merchantNo: string
  appSecret: string
  /** Hosts that the cashier may be on; any where left out. */
  cashierHosts?: readonly string[] | undefined
}

/** What sets one Vexora route apart from another: data over one implementation. */
export interface VexoraRoute extends Pick<Provider, 'id' | 'payerIp'> {
  channels: readonly ProviderChannel[]
  /** The fields of the create call that are this route's own; empty ones are not sent. */
  fields(payment: ProviderPayment): Record<string, string | undefined>
}

/** Known sandbox hosts, docs.vexora.com and its Nigeria overview. */
const TEST_HOSTS = ['sandbox-api.vexora.tech', 'sandbox-api.vexora.com']

/** One implementation for all of Vexora's routes. */
export function vexoraProvider(route: VexoraRoute, credentials: VexoraCredentials): Provider {
  const { merchantNo, appSecret, cashierHosts } = credentials
  const baseUrl = credentials.baseUrl.replace(/\/+$/, '')

  const signed = (
    path: string,
    fields: Record<string, string | undefined>,
    now: number,
  ): ProviderRequest => {
    const sent = compact({ ...fields, timestamp: String(now) })
    return {
      method: 'POST',
      url: baseUrl + path,
      headers: { 'content-type': 'application/json', merchantNo },
      body: JSON.stringify({ ...sent, sign: sign(sent, appSecret) }),
    }
  }

  return {
    id: route.id,
    operator: 'Vexora',
    merchant: merchantNo,
    baseUrl,
    testHosts: TEST_HOSTS,
    channels: route.channels,
    ...(cashierHosts ? { cashierHosts } : {}),
    ...(route.payerIp ? { payerIp: route.payerIp } : {}),
    createRequest: (payment, now) =>
      signed(
        '/v1/vexora/checkout',
        {
          tradeNo: payment.tradeNo,
          notifyUrl: payment.notifyUrl,
          returnUrl: payment.returnUrl,
          // So that the shop finds its order in Vexora's back office.
          remark: payment.order,
          ...route.fields(payment),
        },
        now,
      ),
    readCreated,
    queryRequest: ({ tradeNo }, now) => signed('/v1/vexora/queryPayInResult', { tradeNo }, now),
    readQueried,
    readNotification: ({ body }) => readNotification(body, appSecret),
    acknowledgement: { contentType: 'text/plain; charset=utf-8', body: 'OK' },
  }
}

/** Trimmed before signing, so that what is signed is what is sent; empty values are left out. */
function compact(fields: Record<string, string | undefined>): Record<string, string> {
  const filled: Record<string, string> = {}
  for (const [name, value = ''] of Object.entries(fields)) {
    const trimmed = value.trim()
    if (trimmed !== '') filled[name] = trimmed
  }
  return filled
}
