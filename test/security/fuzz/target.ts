import { startSandbox } from '../../../demo/sandbox/index.js'
import { keyPairs } from '../../../demo/sandbox/paycools/keys.js'
import {
  chingchingpay,
  createPayProxy,
  type LogFields,
  type Order,
  type PayProxyOptions,
  paycools,
  signOrder,
  sqlite,
  vexora,
} from '../../../src/proxy/index.js'
import { serve } from '../../../src/proxy/node.js'
import { closeAfterTest } from '../../proxy/lifecycle.js'
import { SHOP } from '../../proxy/requests.js'

export type OrderMode = 'callback' | 'tokens'

/** Words that stand nowhere else, so that each is found wherever it leaks. */
export const SECRETS = {
  own: 'canary-own-secret-0123456789-0123456789',
  order: 'canary-order-secret-0123456789-0123456789',
  apiKey: 'canary-api-key-0123456789-0123456789-0123',
  taiwan: 'canary-taiwan-app-secret-0123456789',
  card: 'canary-card-app-secret-0123456789',
  chingKey: 'canary-ching-api-key',
  chingSecret: 'canary-ching-api-secret-0123456789',
}
export const PAYER = {
  firstName: 'Canaryfirst',
  lastName: 'Canarylast',
  fullName: 'Canaryfirst Canarylast',
  mobile: '0987654321',
  email: 'canary.payer@example.org',
  bankAccounts: ['808-0358912345678'],
  postcode: 'CANARY-98765',
  address: 'Canary Road 77',
}
/** A payer's own address, which no answer and no log may tell. */
export const PAYER_IP = '203.0.113.77'

/** Nobody listens there: what the sandbox would tell, the fuzzer does. */
const PUBLIC_ORIGIN = 'http://127.0.0.1:1'
const CURRENCIES = ['TWD', 'USD', 'IDR', 'HKD'] as const
/** So few that their payments fill the store early and the memory is measured afterwards. */
const ORDERS = 64

export interface Target {
  mode: OrderMode
  port: number
  /** References that the proxy knows, each with its currency and a channel that takes it. */
  references: { ref: string; currency: string; channel: string }[]
  /** Payments that the fuzzer made, for paths and repeated keys. */
  known: { id: string; key: string }[]
  /** What a secret or a payer looks like, in lower case. */
  canaries: string[]
  fetch(request: Request): Promise<Response>
  tradeNos(): string[]
  /** The secret addresses of callbacks that were given out, from `/` on. */
  callbackPaths(): string[]
  /** Log lines that tell something they must not, and how many lines there were. */
  logged: { lines: number; leaks: string[] }
}

/** A proxy with every provider, on a real socket, whose every secret is a word of its own. */
export async function startTarget(mode: OrderMode): Promise<Target> {
  const sandbox = await startSandbox({
    port: 0,
    ipLimits: 'off',
    merchants: [{ merchantNo: '9990000001', appSecret: SECRETS.taiwan }],
    vexoraCard: { merchantNo: '9990000002', appSecret: SECRETS.card },
    chingchingpay: {
      apiKey: SECRETS.chingKey,
      apiSecret: SECRETS.chingSecret,
      merchantId: 'sandbox-merchant',
    },
  })
  closeAfterTest(() => sandbox.close())
  const orders = makeOrders()
  const canaries = canaryWords()
  const logged: Target['logged'] = { lines: 0, leaks: [] }
  const log = (fields: LogFields, message: string) => {
    logged.lines += 1
    const line = JSON.stringify({ message, ...fields })
    if (leakIn(line, canaries) !== undefined) logged.leaks.push(line)
  }
  const options: PayProxyOptions = {
    mode: 'test',
    publicUrl: `${PUBLIC_ORIGIN}/pay`,
    origins: [SHOP],
    secret: SECRETS.own,
    apiKey: SECRETS.apiKey,
    trustedProxies: ['127.0.0.1'],
    orders: mode === 'tokens' ? { secret: SECRETS.order } : (ref) => orders.get(ref) ?? null,
    providers: [
      vexora.taiwan({ ...sandbox.vexoraTaiwan, ipLimits: 'off' }),
      vexora.card({ ...sandbox.vexoraCard, userId: 'fixed' }),
      paycools({ ...sandbox.paycools }),
      chingchingpay({ ...sandbox.chingchingpay }),
    ],
    store: sqlite(':memory:'),
    onPayment: () => {},
    log: { info: log, warn: log, error: log },
  }
  const pay = createPayProxy(options)
  const listening = await serve(pay, { host: '127.0.0.1', port: 0 })
  closeAfterTest(() => listening.close())

  const references = await Promise.all(
    [...orders.values()].map(async (order) => ({
      ref: mode === 'tokens' ? await signOrder(order, SECRETS.order) : order.id,
      currency: order.amount.currency,
      channel: CHANNEL_OF[order.amount.currency] ?? '',
    })),
  )
  if (mode === 'tokens') {
    // The page holds its token; an answer or a log never does.
    for (const { ref } of references) canaries.push(ref.split('.')[2]?.toLowerCase() ?? ref)
  }
  return {
    mode,
    port: Number(new URL(listening.url).port),
    references,
    known: [],
    canaries,
    fetch: (request) => pay.fetch(request, { incoming: LOCAL_SOCKET }),
    tradeNos: () => sandbox.orders().map(({ tradeNo }) => tradeNo),
    callbackPaths: () =>
      sandbox
        .orders()
        .map(({ notifyUrl = '' }) => notifyUrl.replace(PUBLIC_ORIGIN, ''))
        .filter((path) => path.includes('/chingchingpay/')),
    logged,
  }
}

const LOCAL_SOCKET = { socket: { remoteAddress: '127.0.0.1' } }
const CHANNEL_OF: Record<string, string> = {
  TWD: 'vexora-taiwan:NET_BANKING',
  USD: 'vexora-card:CARD',
  IDR: 'paycools:BNI_VA',
  HKD: 'chingchingpay:LINK',
}

function makeOrders(): Map<string, Order> {
  return new Map(
    Array.from({ length: ORDERS }, (_, at) => {
      const currency = CURRENCIES[at % CURRENCIES.length] ?? 'TWD'
      const id = `F-${at}`
      // Some carry their payer, who is nobody's business either.
      const payer = at % 8 < 4 ? { email: PAYER.email } : null
      return [id, { id, amount: { value: '50000', currency }, payer }]
    }),
  )
}

function canaryWords(): string[] {
  const { privateKey } = keyPairs().merchant
  const words = [
    ...Object.values(SECRETS),
    ...Object.values(PAYER).flat(),
    '0358912345678',
    PAYER_IP,
    // The middle of the key: its ends are alike in every one.
    privateKey.slice(200, 260),
  ]
  return words.map((word) => word.toLowerCase())
}

/** The first canary that `text` tells. */
export function leakIn(text: string, canaries: readonly string[]): string | undefined {
  const lower = text.toLowerCase()
  return canaries.find((canary) => lower.includes(canary))
}
