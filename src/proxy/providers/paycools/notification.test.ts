import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readNotification } from './notification.js'
import { sign } from './signature.js'

const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 })
const payCools = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** The documents' sample. */
const FIELDS = {
  amount: 10000,
  channelCode: 'BNI_VA',
  createTime: '2023-03-09 10:21:23',
  eventName: 'payment.success',
  mchOrderId: 'TestMchOrderIdP0001',
  referenceNumber: '8558010100012839',
  remark: 'test',
  returnTime: '2023-03-09 10:25:00',
  transactionId: 'C1633669279100571648',
  transactionStatus: 'COMPLETED',
}

const text = (changes: Record<string, unknown> = {}) => JSON.stringify({ ...FIELDS, ...changes })

function signed(param: string, { privateKey } = payCools, more: Record<string, unknown> = {}) {
  return JSON.stringify({ param, sign: sign(param, privateKey, 'RSA-SHA256'), ...more })
}

const read = (body: string) => readNotification(body, payCools.publicKey, 'RSA-SHA256')

describe('a notification signed by PayCools', () => {
  test('is verified over the raw text of param', () => {
    expect(read(signed(text()))).toEqual({
      kind: 'verified',
      report: {
        says: 'paid',
        tradeNo: 'TestMchOrderIdP0001',
        providerReference: 'C1633669279100571648',
        amount: 1_000_000n,
        channel: 'BNI_VA',
      },
    })
  })

  test('may have blanks, four decimals and an appId beside it', () => {
    const param = text().replaceAll(':', ': ').replace('10000', '10000.0000')
    expect(read(signed(param, payCools, { appId: 'a' }))).toMatchObject({
      kind: 'verified',
      report: { says: 'paid', amount: 1_000_000n },
    })
  })

  test.each([
    ['COMPLETED', 'paid'],
    ['COMPLETE', 'paid'],
    ['FAILED', 'failed'],
    ['PENDING', 'pending'],
    ['EXPIRED', 'pending'],
    ['completed', 'pending'],
    [null, 'pending'],
  ])('of the status %j says %s, whatever its event is called', (transactionStatus, says) => {
    expect(read(signed(text({ transactionStatus, eventName: 'payment.success' })))).toMatchObject({
      kind: 'verified',
      report: { says },
    })
  })

  test.each(['amount', 'transactionId', 'channelCode', 'remark', 'referenceNumber'])(
    'tolerates that %s is absent or null',
    (name) => {
      for (const value of [undefined, null]) {
        expect(read(signed(text({ [name]: value })))).toMatchObject({
          kind: 'verified',
          report: { says: 'paid', tradeNo: 'TestMchOrderIdP0001' },
        })
      }
    },
  )

  test.each(['{}', 'null', '[]', 'no JSON', text({ mchOrderId: undefined })])(
    'is unreadable with the param %s',
    (param) => {
      expect(read(signed(param))).toEqual({ kind: 'unreadable' })
    },
  )
})

describe('a notification has no effect', () => {
  const unverified = { kind: 'unverified', tradeNo: 'TestMchOrderIdP0001' }

  test('signed by the merchant’s own key', () => {
    expect(read(signed(text(), merchant))).toEqual(unverified)
  })

  test('whose param was parsed and written again on its way', () => {
    const param = text().replaceAll(':', ': ')
    const envelope = JSON.parse(signed(param)) as { sign: string }
    const rewritten = JSON.stringify(JSON.parse(param))
    expect(read(JSON.stringify({ ...envelope, param: rewritten }))).toEqual(unverified)
  })

  test('signed with the other hash', () => {
    const param = text()
    const sha1 = JSON.stringify({ param, sign: sign(param, payCools.privateKey, 'RSA-SHA1') })
    expect(read(sha1)).toEqual(unverified)
    expect(readNotification(sha1, payCools.publicKey, 'RSA-SHA1').kind).toBe('verified')
  })

  test.each(['', 'x', '45eebd745dcf0b5f6d6f9fcde28cd9fe8116a892'])(
    'with the signature %j',
    (signature) => {
      expect(read(JSON.stringify({ param: text(), sign: signature }))).toEqual(unverified)
    },
  )

  test('that names nothing of ours', () => {
    expect(read(signed('{}', merchant))).toEqual({ kind: 'unverified', tradeNo: undefined })
  })

  test.each([
    '',
    'param=1',
    '[]',
    'null',
    '{}',
    JSON.stringify({ param: text() }),
    JSON.stringify({ sign: 'x' }),
    JSON.stringify({ param: FIELDS, sign: 'x' }),
  ])('that is %s', (body) => {
    expect(read(body)).toEqual({ kind: 'unreadable' })
  })
})
