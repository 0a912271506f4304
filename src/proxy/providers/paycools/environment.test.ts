import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { Variables } from '../../environment/variables.js'
import { ConfigurationError } from '../../options.js'
import { listedPayCools } from './environment.js'

const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 })
const own = generateKeyPairSync('rsa', { modulusLength: 2048 })
const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' })

const PRIVATE_KEY = merchant.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')
const PUBLIC_KEY = own.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
const MERCHANT_KEY = merchant.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
const CURVE_KEY = curve.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64')

const GOOD = {
  PAYCOOLS_BASE_URL: 'https://paycools.example',
  PAYCOOLS_APP_ID: 'app-1',
  PAYCOOLS_PRIVATE_KEY: PRIVATE_KEY,
  PAYCOOLS_PUBLIC_KEY: PUBLIC_KEY,
}

const read = (changes: Record<string, string | undefined> = {}) =>
  listedPayCools.read(new Variables({ ...GOOD, ...changes }))

test('needs four variables', () => {
  expect(read()).toMatchObject({
    id: 'paycools',
    merchant: 'app-1',
    baseUrl: 'https://paycools.example',
  })
})

test('takes channels by code, label and kind', () => {
  const { channels } = read({
    PAYCOOLS_CHANNELS: 'INDOMARET_VA:Indomaret:convenience-store, BNI_VA:BNI,MANDIRI_VA',
  })
  expect(channels.map(({ code, label, kind }) => [code, label, kind])).toEqual([
    ['INDOMARET_VA', 'Indomaret', 'convenience-store'],
    ['BNI_VA', 'BNI', 'virtual-account'],
    ['MANDIRI_VA', 'MANDIRI_VA', 'virtual-account'],
  ])
})

test.each<[string, string | undefined]>([
  ['PAYCOOLS_BASE_URL', undefined],
  ['PAYCOOLS_APP_ID', undefined],
  ['PAYCOOLS_PRIVATE_KEY', undefined],
  ['PAYCOOLS_PRIVATE_KEY', 'unseen-and-no-key'],
  ['PAYCOOLS_PRIVATE_KEY', PRIVATE_KEY.slice(0, 300)],
  ['PAYCOOLS_PRIVATE_KEY', PUBLIC_KEY],
  ['PAYCOOLS_PRIVATE_KEY', CURVE_KEY],
  ['PAYCOOLS_PUBLIC_KEY', undefined],
  ['PAYCOOLS_PUBLIC_KEY', 'unseen-and-no-key'],
  ['PAYCOOLS_PUBLIC_KEY', PUBLIC_KEY.slice(0, 300)],
  ['PAYCOOLS_PUBLIC_KEY', PRIVATE_KEY],
  ['PAYCOOLS_PUBLIC_KEY', MERCHANT_KEY],
  ['PAYCOOLS_CHANNELS', 'unseen VA:BNI'],
  ['PAYCOOLS_CHANNELS', 'BNI_VA:BNI:unseen'],
  ['PAYCOOLS_SIGN_ALGORITHM', 'unseen'],
])('names %s, and prints no value of it', (name, value) => {
  const start = () => read({ [name]: value })
  expect(start).toThrow(ConfigurationError)
  expect(start).toThrow(new RegExp(`^${name} `))
  expect(start).not.toThrow(/unseen/)
  expect(start).not.toThrow(/MII/)
})
