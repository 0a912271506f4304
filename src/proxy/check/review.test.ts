import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { readEnvironment } from '../environment/environment.js'
import { isGuessable } from './guessable.js'
import { review } from './review.js'

const random = () => randomBytes(32).toString('hex')
const GOOD = {
  PAY_PUBLIC_URL: 'https://pay.shop.example',
  PAY_ORIGINS: 'https://shop.example',
  PAY_SECRET: random(),
  PAY_ORDER_SECRET: random(),
  PAY_API_KEY: random(),
  PAY_WEBHOOK_URL: 'https://shop.example/hook',
  PAY_WEBHOOK_SECRET: `whsec_${randomBytes(32).toString('base64')}`,
  PAY_TRUSTED_PROXIES: '127.0.0.1',
  PAY_DATABASE_URL: 'sqlite:/var/lib/pay-button/pay.db',
  VEXORA_TAIWAN_BASE_URL: 'https://api.vexora.example/taiwan',
  VEXORA_TAIWAN_MERCHANT_NO: '9990000001',
  VEXORA_TAIWAN_APP_SECRET: 'app-secret-unseen',
  VEXORA_TAIWAN_CASHIER_HOSTS: 'cashier.vexora.example',
}

/** The codes of what is found, with what each is about. */
function found(changes: Record<string, string> = {}): string[] {
  return review(readEnvironment({ ...GOOD, ...changes })).map(
    ({ code, about }) => `${code} ${about}`,
  )
}

test('has nothing to say of what is right', () => {
  expect(found()).toEqual([])
})

test.each<[string, Record<string, string>, string]>([
  ['a misspelt variable', { PAY_TRUSTED_PROXY: '10.0.0.1' }, 'ignored PAY_TRUSTED_PROXY'],
  [
    "a provider's misspelt variable",
    { VEXORA_TAIWAN_CASHIER_HOST: 'x.example' },
    'ignored VEXORA_TAIWAN_CASHIER_HOST',
  ],
  ['a secret for a webhook that is nowhere', { PAY_WEBHOOK_URL: '' }, 'ignored PAY_WEBHOOK_SECRET'],
  ['no webhook', { PAY_WEBHOOK_URL: '' }, 'no-webhook PAY_WEBHOOK_URL'],
  ['no key for the shop', { PAY_API_KEY: '' }, 'no-api-key PAY_API_KEY'],
  ['one secret for two things', { PAY_API_KEY: GOOD.PAY_SECRET }, 'same-secret PAY_API_KEY'],
  [
    'an older secret that is used for another thing',
    { PAY_ORDER_SECRET: `${random()} ${GOOD.PAY_SECRET}` },
    'same-secret PAY_ORDER_SECRET',
  ],
  ['a secret that is none', { PAY_SECRET: 'x'.repeat(32) }, 'guessable-secret PAY_SECRET'],
  [
    'a public address without a proxy in front',
    { PAY_TRUSTED_PROXIES: '', PAY_HOST: '0.0.0.0' },
    'no-trusted-proxies PAY_TRUSTED_PROXIES',
  ],
  [
    'proxies that may be anybody',
    { PAY_TRUSTED_PROXIES: '10.0.0.1,0.0.0.0/0' },
    'trusts-everybody PAY_TRUSTED_PROXIES',
  ],
  ['a cashier anywhere', { VEXORA_TAIWAN_CASHIER_HOSTS: '' }, 'any-cashier vexora-taiwan'],
  [
    'a file that depends on where it starts',
    { PAY_DATABASE_URL: 'sqlite:./pay.db' },
    'relative-file PAY_DATABASE_URL',
  ],
  ['no file', { PAY_DATABASE_URL: 'sqlite::memory:' }, 'forgetful PAY_DATABASE_URL'],
  ['test mode', { PAY_MODE: 'test' }, 'test-mode PAY_MODE'],
])('finds %s', (_, changes, finding) => {
  expect(found(changes)).toContain(finding)
})

test('says that nothing can be paid without a provider', () => {
  const { VEXORA_TAIWAN_BASE_URL, VEXORA_TAIWAN_MERCHANT_NO, ...others } = GOOD
  const { VEXORA_TAIWAN_APP_SECRET, VEXORA_TAIWAN_CASHIER_HOSTS, ...none } = others
  expect(review(readEnvironment(none)).map(({ code }) => code)).toEqual(['no-provider'])
})

test('names what nobody has confirmed', () => {
  const findings = found({
    PAY_MODE: 'test',
    CHINGCHINGPAY_BASE_URL: 'https://api.ccp.example',
    CHINGCHINGPAY_API_KEY: 'key',
    CHINGCHINGPAY_API_SECRET: 'secret',
    CHINGCHINGPAY_MERCHANT_ID: '1',
    CHINGCHINGPAY_STORE_ID: '2',
    CHINGCHINGPAY_PAYMENT_TYPE: 'link',
  })
  expect(findings).toContain('assumed chingchingpay')
})

test('no secret stands in what it says', () => {
  const secret = 'change-me-change-me-change-me-now'
  const said = JSON.stringify(
    review(readEnvironment({ ...GOOD, PAY_SECRET: secret, PAY_API_KEY: secret })),
  )
  expect(said).toContain('guessable-secret')
  expect(said).not.toContain(secret)
})

test.each([
  'x'.repeat(64),
  'abc1'.repeat(10),
  'changeme-0d8f0a7be5f1c2d394',
  '1212121212121212121221',
])('can be guessed: %s', (secret) => expect(isGuessable(secret)).toBe(true))

test('what is random cannot be guessed, in any of its usual forms', () => {
  for (let tries = 0; tries < 200; tries += 1) {
    for (const form of ['hex', 'base64', 'base64url'] as const) {
      expect(isGuessable(randomBytes(32).toString(form))).toBe(false)
    }
  }
})
