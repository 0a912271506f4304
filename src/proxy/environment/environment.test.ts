import { describe, expect, test } from 'vitest'
import { ConfigurationError } from '../options.js'
import { readEnvironment } from './environment.js'

const SECRET = 'a-secret-that-nobody-may-ever-see-0123'
const TEST = {
  PAY_MODE: 'test',
  PAY_PUBLIC_URL: 'http://localhost:8787/pay/',
  PAY_ORIGINS: 'http://localhost:8080, https://shop.example/',
  PAY_SECRET: SECRET,
  PAY_ORDER_SECRET: `${SECRET}-2 ${SECRET}-1`,
  VEXORA_TAIWAN_BASE_URL: 'http://127.0.0.1:8788/vexora/taiwan',
  VEXORA_TAIWAN_MERCHANT_NO: '9990000001',
  VEXORA_TAIWAN_APP_SECRET: 'app-secret-unseen',
}
const LIVE = {
  ...TEST,
  PAY_MODE: undefined,
  PAY_PUBLIC_URL: 'https://pay.shop.example',
  PAY_ORIGINS: 'https://shop.example',
  PAY_TRUSTED_PROXIES: '127.0.0.1/32',
  VEXORA_TAIWAN_BASE_URL: 'https://api.vexora.example/taiwan',
}

test('reads everything that it needs, and has a default for the rest', () => {
  const { options, ...listen } = readEnvironment(TEST)
  expect(listen).toEqual({
    host: '127.0.0.1',
    port: 8787,
    databaseUrl: 'sqlite:./pay-button.db',
    ignored: [],
  })
  expect(options).toMatchObject({
    mode: 'test',
    origins: ['http://localhost:8080', 'https://shop.example/'],
    orders: { secret: [`${SECRET}-2`, `${SECRET}-1`] },
  })
  expect(options.providers.map(({ id, merchant }) => [id, merchant])).toEqual([
    ['vexora-taiwan', '9990000001'],
  ])
})

test('a provider with none of its variables is off, an empty one counts as none', () => {
  const { options } = readEnvironment({
    ...TEST,
    VEXORA_TAIWAN_BASE_URL: ' ',
    VEXORA_TAIWAN_MERCHANT_NO: '',
    VEXORA_TAIWAN_APP_SECRET: undefined,
  })
  expect(options.providers).toEqual([])
})

test('ways, limits, durations and amounts are written as the documents say', () => {
  const { options } = readEnvironment({
    ...TEST,
    PAY_LIFETIME: '5m',
    PAY_GRACE: '1h',
    PAY_QUERY_SCHEDULE: '1s, 2m',
    VEXORA_TAIWAN_WAYS: 'STORE=711:7-ELEVEN,FAMI:FamilyMart;EWALLET=X',
    VEXORA_TAIWAN_IP_LIMITS: 'off',
    VEXORA_TAIWAN_MIN: '100',
    VEXORA_TAIWAN_MAX: '20000',
  })
  expect(options).toMatchObject({
    lifetime: 300_000,
    grace: 3_600_000,
    querySchedule: [1_000, 120_000],
  })
  const [taiwan] = options.providers
  expect(taiwan?.channels.map(({ code, ways }) => [code, ways])).toEqual([
    [
      'STORE',
      [
        { code: '711', label: '7-ELEVEN' },
        { code: 'FAMI', label: 'FamilyMart' },
      ],
    ],
    ['EWALLET', [{ code: 'X', label: 'X' }]],
  ])
  expect(taiwan?.payerIp).toEqual({})
  const [store] = taiwan?.channels ?? []
  expect(
    [9_900n, 10_000n, 2_000_000n, 2_000_100n].map((minor) =>
      store?.takes({ amount: minor, currency: 'TWD' }),
    ),
  ).toEqual([false, true, true, false])
})

describe('names the variable, and prints no value', () => {
  test.each<[string, string | undefined]>([
    ['PAY_MODE', 'production'],
    ['PAY_PUBLIC_URL', undefined],
    ['PAY_PUBLIC_URL', 'pay.shop.example'],
    ['PAY_PUBLIC_URL', 'http://shop.example/pay'],
    ['PAY_PUBLIC_URL', 'https://shop.example/pay?a=1'],
    ['PAY_ORIGINS', undefined],
    ['PAY_ORIGINS', ','],
    ['PAY_ORIGINS', 'https://shop.example/page'],
    ['PAY_ORIGINS', '*'],
    ['PAY_SECRET', undefined],
    ['PAY_SECRET', 'too-short-to-be-a-secret'],
    ['PAY_SECRET', `${SECRET} short`],
    ['PAY_ORDER_SECRET', undefined],
    ['PAY_ORDER_SECRET', 'short-but-unseen'],
    ['PAY_API_KEY', 'short-but-unseen'],
    ['PAY_PORT', '70000'],
    ['PAY_PORT', 'http'],
    ['PAY_DATABASE_URL', 'mysql://unseen'],
    ['PAY_LIFETIME', '24'],
    ['PAY_GRACE', '0s'],
    ['PAY_QUERY_SCHEDULE', '15s;30s'],
    ['PAY_TRUSTED_PROXIES', '10.0.0.0/99'],
    ['PAY_WEBHOOK_URL', 'http://shop.example/hook'],
    ['VEXORA_TAIWAN_BASE_URL', undefined],
    ['VEXORA_TAIWAN_BASE_URL', 'ftp://vexora.example'],
    ['VEXORA_TAIWAN_BASE_URL', 'http://vexora.example'],
    ['VEXORA_TAIWAN_MERCHANT_NO', undefined],
    ['VEXORA_TAIWAN_MERCHANT_NO', 'two words'],
    ['VEXORA_TAIWAN_APP_SECRET', undefined],
    ['VEXORA_TAIWAN_WAYS', 'CARD=VISA'],
    ['VEXORA_TAIWAN_WAYS', 'STORE='],
    ['VEXORA_TAIWAN_IP_LIMITS', '10'],
    ['VEXORA_TAIWAN_MIN', '1.234'],
  ])('%s=%s', (name, value) => {
    const environment = { ...TEST, PAY_WEBHOOK_SECRET: `whsec_${'A'.repeat(32)}`, [name]: value }
    const read = () => readEnvironment(environment)
    expect(read).toThrow(ConfigurationError)
    expect(read).toThrow(new RegExp(`^${name} `))
    expect(read).not.toThrow(/unseen|nobody-may-ever-see/)
  })

  test.each(['', 'whsec_', 'whsec_!', 'secret'])('PAY_WEBHOOK_SECRET=%s', (secret) => {
    const environment = {
      ...TEST,
      PAY_WEBHOOK_URL: 'https://shop.example/hook',
      PAY_WEBHOOK_SECRET: secret,
    }
    expect(() => readEnvironment(environment)).toThrow(/^PAY_WEBHOOK_SECRET /)
  })
})

describe('live mode', () => {
  test('takes https: everywhere', () => {
    expect(readEnvironment(LIVE).options.mode).toBe('live')
  })

  test.each([
    ['PAY_PUBLIC_URL', 'http://localhost:8787'],
    ['PAY_PUBLIC_URL', 'https://127.0.0.1'],
    ['PAY_ORIGINS', 'http://shop.example'],
    ['VEXORA_TAIWAN_BASE_URL', 'http://127.0.0.1:8788/vexora/taiwan'],
    ['VEXORA_TAIWAN_BASE_URL', 'https://localhost/vexora/taiwan'],
    ['VEXORA_TAIWAN_BASE_URL', 'https://sandbox-api.vexora.com/taiwan'],
    ['VEXORA_TAIWAN_BASE_URL', 'https://sandbox-api.vexora.tech/taiwan'],
  ])('refuses %s=%s', (name, value) => {
    expect(() => readEnvironment({ ...LIVE, [name]: value })).toThrow(new RegExp(`^${name} `))
  })

  test('does not start on loopback where the payers would all have the address of a proxy', () => {
    expect(() => readEnvironment({ ...LIVE, PAY_TRUSTED_PROXIES: '' })).toThrow(
      /^PAY_TRUSTED_PROXIES /,
    )
    expect(() =>
      readEnvironment({ ...LIVE, PAY_TRUSTED_PROXIES: '', PAY_HOST: '0.0.0.0' }),
    ).not.toThrow()
  })
})
