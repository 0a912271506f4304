import fc from 'fast-check'
import { keyPairs } from '../../../demo/sandbox/paycools/keys.js'
import { sign as signPayCools } from '../../../demo/sandbox/paycools/signature.js'
import { sign as signVexora } from '../../../demo/sandbox/vexora/signature.js'
import { SHOP } from '../../proxy/requests.js'
import type { FuzzedRequest } from './send.js'
import { PAYER, PAYER_IP, SECRETS, type Target } from './target.js'

const BASE = '/pay'
const JSON_TYPE: [string, string] = ['Content-Type', 'application/json']

/** One request of any kind at `target`, well formed in most of its parts and wrong in some. */
export function requests(target: Target): fc.Arbitrary<FuzzedRequest> {
  return fc.oneof(
    { weight: 5, arbitrary: creates(target) },
    { weight: 3, arbitrary: reads(target) },
    { weight: 4, arbitrary: notifications(target) },
    { weight: 1, arbitrary: ofTheShop(target) },
    { weight: 2, arbitrary: anything(target) },
  )
}

/** What lies near a value: mostly the value itself. */
const near = <T>(value: T, ...others: fc.Arbitrary<T>[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 16, arbitrary: fc.constant(value) },
    ...others.map((arbitrary) => ({ weight: 1, arbitrary })),
  )

/** The target grows while the fuzzer runs: what is known of it is looked up at each request. */
const pick = (list: () => readonly string[], otherwise: string): fc.Arbitrary<string> =>
  fc.nat().map((at) => {
    const known = list()
    return known[at % Math.max(known.length, 1)] ?? otherwise
  })

const nastyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '',
    '__proto__',
    'constructor',
    'toString',
    '\u0000',
    '\ud800',
    '\ufeff',
    '=',
    'a=b',
    '../..',
    '%2e%2e%2f',
    "'; DROP TABLE payments; --",
    '<script>alert(1)</script>',
    '\r\nSet-Cookie: a=b',
    '$%7Bjndi:ldap://x}',
    '9'.repeat(400),
    'x'.repeat(3_000),
  ),
)

const nastyJson: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  nastyText,
  fc.constantFrom<unknown>(null, true, -1, 1e308, 300, {}, [], [[]], { __proto__: null }),
  fc.constant(JSON.parse('{"__proto__": {"paid": true}, "constructor": {"prototype": {}}}')),
)

/** A good JSON text, or one with a few characters changed, or one that JSON nearly is. */
function nearJson(value: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  const text = value.map((each) => JSON.stringify(each) ?? '')
  const changed = fc
    .tuple(text, fc.array(fc.tuple(fc.nat(), fc.constantFrom(...'{}[]",:\\0eE-.n \u0000\ud83d'))))
    .map(([json, changes]) =>
      changes.reduce((before, [at, character]) => {
        const place = at % (before.length + 1)
        return before.slice(0, place) + character + before.slice(place + (at % 2))
      }, json),
    )
  const nearly = text.chain((json) =>
    fc.constantFrom(
      `\ufeff${json}`,
      `${json},`,
      `${json}${json}`,
      json.replace(/}$/, ',}'),
      json.replace(/^{/, '{"order":"F-1",'),
      json.replace(/^{/, '{"__proto__":{"paid":true},'),
      json.replaceAll('"', "'"),
      json.slice(0, -1),
      `[${json}]`,
      `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
      `${'{"a":'.repeat(1_500)}1${'}'.repeat(1_500)}`,
      JSON.stringify(json),
    ),
  )
  const sized = fc
    .tuple(text, fc.constantFrom(16_382, 16_383, 16_384, 16_385, 16_386, 65_536, 65_537))
    .map(([json, size]) => json + ' '.repeat(Math.max(0, size - Buffer.byteLength(json))))
  return fc.oneof(
    { weight: 9, arbitrary: text },
    { weight: 2, arbitrary: changed },
    { weight: 2, arbitrary: nearly },
    { weight: 1, arbitrary: sized },
  )
}

const name = fc.constantFrom(
  ...['Origin', 'X-Forwarded-For', 'Idempotency-Key', 'Content-Type', 'Accept-Language'],
  ...['Sec-Fetch-Site', 'Authorization', 'If-None-Match', 'Host', 'Content-Length', 'Cookie'],
  ...['Transfer-Encoding', 'Expect', 'Upgrade', 'Connection', 'Range', 'Content-Encoding'],
  ...['X-HTTP-Method-Override', 'Access-Control-Request-Method', 'Forwarded', 'Via', 'Trailer'],
)
const oddCase = fc
  .tuple(name, fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }))
  .map(([text, upper]) =>
    [...text]
      .map((c, at) => (upper[at % upper.length] ? c.toUpperCase() : c.toLowerCase()))
      .join(''),
  )
const headerValue = fc.oneof(
  fc.constantFrom(
    ...[SHOP, 'null', 'https://evil.example', `${SHOP}.evil.example`, PAYER_IP, '::1', '127.0.0.1'],
    ...['cross-site', 'application/json', 'application/json; charset=utf-16', 'text/plain', 'gzip'],
    ...['chunked', 'identity', 'chunked, chunked', '100-continue', 'h2c', 'zh-TW,en', '0', '-1'],
    ...['1e3', ' ', '\t', '"', 'bytes=0-', '\xff\xfe', '\u0080', 'a\u000bb', 'POST', 'DELETE'],
    ...[`Bearer ${SECRETS.own}`, 'Bearer ', 'Basic Og==', 'a'.repeat(9_000), 'a'.repeat(20_000)],
    ...[Array(300).fill('10.0.0.1').join(','), 'a\nb: c', 'a\rb', 'a\u0000b'],
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
)
const noise: fc.Arbitrary<[string, string][]> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<[string, string][]>([]) },
  {
    weight: 2,
    arbitrary: fc.array(fc.tuple(fc.oneof(oddCase, fc.string({ maxLength: 8 })), headerValue), {
      maxLength: 3,
    }),
  },
  // The same one again and again, and many of them.
  {
    weight: 1,
    arbitrary: fc
      .tuple(oddCase, headerValue, fc.constantFrom(2, 50, 1_500))
      .map(([header, value, times]) =>
        Array.from({ length: times }, (): [string, string] => [header, value.slice(0, 60)]),
      ),
  },
)

const delivery = fc.oneof(
  { weight: 6, arbitrary: fc.constant<FuzzedRequest['delivery']>('whole') },
  {
    weight: 2,
    arbitrary: fc.constantFrom<FuzzedRequest['delivery'][]>(
      'in pieces',
      'chunked',
      'cut off',
      'reset',
    ),
  },
)
const by = fc.constantFrom<FuzzedRequest['by'][]>('socket', 'fetch')
const method = fc.constantFrom(
  ...['GET', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'CONNECT'],
  ...['PROPFIND', 'get', 'BREW', ''],
)

function request(
  parts: { [K in 'method' | 'target' | 'body']: fc.Arbitrary<string> } & {
    headers: fc.Arbitrary<[string, string][]>
  },
): fc.Arbitrary<FuzzedRequest> {
  return fc
    .record({ ...parts, more: noise, by, delivery })
    .map(({ headers, more, ...rest }) => ({ ...rest, headers: [...headers, ...more] }))
}

function creates(target: Target): fc.Arbitrary<FuzzedRequest> {
  const money = (currency: string) =>
    near<unknown>(
      { value: '50000', currency },
      fc.constantFrom({ value: '50000.00', currency }, { value: '5e4', currency }, { value: '0' }),
      nastyJson,
    )
  const fields = fc.constantFrom(...Object.keys(PAYER))
  const payer = fc.oneof(
    { weight: 4, arbitrary: fc.constant<unknown>('complete') },
    {
      weight: 3,
      arbitrary: fc.dictionary(
        fc.oneof(fields, nastyText),
        fc.oneof(fc.constantFrom(...Object.values(PAYER).flat()), nastyText, nastyJson),
        { maxKeys: 6 },
      ),
    },
    { weight: 1, arbitrary: nastyJson },
  )
  const body = fc.constantFrom(...target.references).chain(({ ref, currency, channel }) =>
    fc.record(
      {
        order: near<unknown>(ref, nastyJson, fc.constant(`${ref}.`)),
        channel: near<unknown>(channel, fc.constant('nobody:CASH'), nastyJson),
        amount: money(currency),
        payer: payer.map((typed) => (typed === 'complete' ? payerOf(currency) : typed)),
        presentation: near<unknown>('popup', fc.constant('redirect'), nastyJson),
        returnTo: near<unknown>(
          `${SHOP}/thanks`,
          fc.constantFrom(`blob:${SHOP}/x`, 'javascript:alert(1)', `${SHOP}@evil.example/`, '//x'),
          nastyJson,
        ),
        ...(currency === 'TWD' ? { way: near<unknown>('BANK_TRANSFER', nastyJson) } : {}),
      },
      // Members are left out at times, and others come in.
      { requiredKeys: ['order', 'channel', 'amount', 'payer', 'presentation'] },
    ),
  )
  return request({
    method: fc.constant('POST'),
    target: near(`${BASE}/payments`, fc.constantFrom(`${BASE}/payments?`, `${BASE}/payments/`)),
    headers: fc
      .tuple(near(SHOP, headerValue), near('application/json', headerValue), key(target))
      .map(([origin, type, idempotency]) => [
        ['Origin', origin],
        ['Content-Type', type],
        ['Idempotency-Key', idempotency],
        ['X-Forwarded-For', PAYER_IP],
      ]),
    body: nearJson(body),
  })
}

/** Only what the channel of this currency asks for. */
function payerOf(currency: string): Partial<typeof PAYER> | Record<string, string> {
  const { firstName, lastName, fullName, mobile, email, bankAccounts } = PAYER
  if (currency === 'TWD') return { firstName, lastName, mobile, email, bankAccounts }
  if (currency === 'USD') return { mobile: `+886${mobile.slice(1)}`, email }
  return currency === 'IDR' ? { fullName, email } : {}
}

const freshKey = fc.string({
  unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789_-'),
  minLength: 22,
  maxLength: 22,
})
const key = (target: Target) =>
  fc.oneof(
    { weight: 6, arbitrary: freshKey },
    { weight: 1, arbitrary: pick(() => target.known.map((each) => each.key), 'none') },
    { weight: 1, arbitrary: headerValue },
  )

const id = (target: Target) => pick(() => target.known.map((each) => each.id), 'pay_none')
const query = fc.oneof(
  fc.constantFrom('', '?wait=1&version=1', '?wait=1&version=2', '?wait=999999999&version=0'),
  fc.constantFrom('?wait=-1&version=1', '?wait=NaN', '?version=__proto__&wait=1', '?wait=1&wait=1'),
  fc.constantFrom(
    '?key=%',
    '?key=%00',
    '?key=',
    '?cursor=%ff',
    '?order[]=1',
    '?__proto__=1',
    '?&&=&',
  ),
  fc.string({ maxLength: 20 }).map((text) => `?${text}`),
)
const segment = fc.oneof(
  fc.constantFrom(
    '%2e%2e',
    '..',
    '.',
    '%00',
    '%',
    '%zz',
    '%ff',
    '%2f',
    '//',
    '\\',
    'a%0d%0ab',
    '*',
  ),
  fc.constantFrom('__proto__', 'constructor', 'return', 'payments', 'orders', 'resolve', 'record'),
  nastyText.map(encodeSafely),
  fc.string({ maxLength: 12 }),
)

function encodeSafely(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '%'))
}

function reads(target: Target): fc.Arbitrary<FuzzedRequest> {
  const reference = pick(() => target.references.map(({ ref }) => ref), 'F-0')
  const path = fc.oneof(
    reference.map((ref) => `/orders/${ref}`),
    segment.map((ref) => `/orders/${ref}`),
    id(target).map((each) => `/payments/${each}`),
    segment.map((each) => `/payments/${each}`),
    id(target).map((each) => `/payments/${each}/return`),
    key(target).map((each) => `/payments?key=${encodeSafely(each)}`),
    fc.constantFrom('/healthz', '/openapi.json', '/pay-button.js', '/payments', '/'),
  )
  return request({
    method: near('GET', method),
    target: fc
      .tuple(path, query)
      .map(([each, more]) => BASE + each + (each.includes('?') ? '' : more)),
    headers: fc.constantFrom<[string, string][][]>([], [['Origin', SHOP]], [['Origin', 'null']]),
    body: fc.constant(''),
  })
}

const statuses = fc.constantFrom('0000', '0001', '0015', '00029', '9999', 'COMPLETED', '')
const amounts = fc.constantFrom<unknown[]>('50000', '50000.0000', 50000, '1', '', '-1', '5e4', null)

function notifications(target: Target): fc.Arbitrary<FuzzedRequest> {
  const tradeNo = fc.oneof(
    { weight: 4, arbitrary: pick(target.tradeNos, '20260101000000') },
    { weight: 1, arbitrary: nastyText },
  )
  const fields = fc
    .tuple(
      fc.record({ tradeNo, status: statuses, amount: amounts }),
      fc.dictionary(
        fc.oneof(fc.constantFrom('message', 'email', 'channelCode', 'platFormTradeNo'), nastyText),
        nastyText,
        { maxKeys: 4 },
      ),
    )
    .map(([known, others]) => ({ ...others, ...known }))
  const signedVexora = (secret: string) =>
    fields.map((each) => {
      const texts = Object.fromEntries(
        Object.entries(each).map(([name, value]) => [name, String(value ?? '')]),
      )
      return { ...each, sign: signVexora(texts, secret) }
    })
  const payCools = fc
    .tuple(fields, nearJson(nastyJson), fc.boolean(), fc.constantFrom('COMPLETED', 'PENDING', 'x'))
    .map(([each, nonsense, isNonsense, transactionStatus]) => {
      const { tradeNo: mchOrderId, ...others } = each
      const param = isNonsense
        ? nonsense
        : JSON.stringify({ ...others, mchOrderId, transactionStatus })
      const { privateKey } = keyPairs().payCools
      return { param, sign: signPayCools(param, privateKey, 'RSA-SHA256') }
    })
  const post = (path: fc.Arbitrary<string>, body: fc.Arbitrary<string>) =>
    request({
      method: near('POST', method),
      target: path.map((each) => (each.startsWith(BASE) ? each : BASE + each)),
      headers: fc.constant([JSON_TYPE]),
      body,
    })
  const at = (provider: string) => fc.constant(`/notifications/${provider}`)
  return fc.oneof(
    post(at('vexora-taiwan'), nearJson(signedVexora(SECRETS.taiwan))),
    post(at('vexora-card'), nearJson(signedVexora(SECRETS.card))),
    post(at('vexora-taiwan'), nearJson(nastyJson)),
    post(at('paycools'), nearJson(payCools)),
    post(at('paycools'), nearJson(fc.record({ param: nastyText, sign: nastyText }))),
    post(pick(target.callbackPaths, `${BASE}/notifications/chingchingpay/x`), nearJson(fields)),
    post(
      fc.tuple(at('chingchingpay'), segment).map((parts) => parts.join('/')),
      nearJson(fields),
    ),
    post(
      segment.map((each) => `/notifications/${each}`),
      nastyText,
    ),
  )
}

/** The shop's own routes, with its key and with others. */
function ofTheShop(target: Target): fc.Arbitrary<FuzzedRequest> {
  const authorization = fc.constantFrom(
    ...[`Bearer ${SECRETS.apiKey}`, `Bearer ${SECRETS.own}`, `bearer  ${SECRETS.apiKey}`, ''],
    ...[`Basic ${SECRETS.apiKey}`, `Bearer ${target.references[0]?.ref ?? ''}`],
  )
  const list = fc
    .record(
      {
        order: fc.oneof(fc.constant('F-1'), nastyText),
        status: fc.oneof(fc.constant('succeeded'), nastyText),
        cursor: fc.oneof(id(target), nastyText),
        undelivered: fc.constantFrom('1', '0', ''),
      },
      { requiredKeys: [] },
    )
    .map(
      (filter) =>
        `/payments?${Object.entries(filter)
          .map(([name, value]) => `${name}=${encodeSafely(value)}`)
          .join('&')}`,
    )
  const one = fc
    .tuple(id(target), fc.constantFrom('resolve', 'record', 'redeliver'))
    .map(([payment, what]) => `/payments/${payment}/${what}`)
  return request({
    method: fc.constantFrom('GET', 'POST'),
    target: fc.oneof(list, one).map((path) => BASE + path),
    headers: authorization.map((value) => [['Authorization', value], JSON_TYPE]),
    body: nearJson(
      fc.record(
        {
          status: near<unknown>('succeeded', fc.constant('failed'), nastyJson),
          note: near<unknown>('looked at it', nastyJson),
        },
        { requiredKeys: [] },
      ),
    ),
  })
}

function anything(target: Target): fc.Arbitrary<FuzzedRequest> {
  const path = fc.oneof(
    fc.array(segment, { maxLength: 5 }).map((parts) => `/${parts.join('/')}`),
    fc.array(segment, { maxLength: 3 }).map((parts) => `${BASE}/${parts.join('/')}`),
    fc.constantFrom(`${BASE}/../pay/payments`, `${BASE}//payments`, `${BASE}/payments/%2e%2e`),
    fc.constantFrom('*', '//evil.example/', 'http://evil.example/pay/healthz', 'shop.example:443'),
    fc.constantFrom(`${BASE}/${'a'.repeat(15_000)}`, `${BASE}/orders/${'x'.repeat(2_049)}`),
    id(target).map((each) => `${BASE}/payments/${each}/${each}`),
  )
  return request({
    method,
    target: path.map((text) => text.replace(/[\r\n]/g, '')),
    headers: fc.constant([]),
    body: fc.oneof(fc.constant(''), nastyText, nearJson(nastyJson)),
  })
}
