import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { chingchingpay, sqlite } from '../../src/proxy/index.js'
import { API_KEY, type Harness, lastOrder, start } from '../proxy/harness.js'
import { newKey } from '../proxy/requests.js'

const OLD = 'the-old-secret-of-32-bytes-or-more-01234'
const NEW = 'the-new-secret-of-32-bytes-or-more-01234'

/** What stands for a secret, or for something that only a secret makes. */
const SECRET_NAME =
  /\b\w*(?:secret|signature|digest|hmac|proof|expected|apikey|api_key|\bsign|\bgiven|\bhash)\w*(?:\(|\.|\[|\b)/i
const COMPARES = /[!=]==?|\.(?:includes|indexOf|startsWith|endsWith|localeCompare|equals)\(/

/** Lines that compare, and name something secret; a comparison with nothing tells nothing. */
function comparisons(source: string): string[] {
  return source
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => !/^(?:\/\/|\*|\/\*|import )/.test(line))
    .filter((line) => COMPARES.test(line) && SECRET_NAME.test(line))
    .filter((line) => !/[!=]== (?:undefined|null|'')(?!\w)/.test(line))
    .filter((line) => !/typeof|\.length [!=]==/.test(line))
}

/** What compares no secret though its line looks like it. */
const INNOCENT = [
  // The names of fields, not their values.
  ".filter((key) => key !== 'sign' && fields[key] !== '')",
  // How a signature is written.
  "if (encoding === 'base64') return hmac.digest('base64')",
  "return encoding === 'hex-upper' ? hex.toUpperCase() : hex",
  // A keyed hash of a request whose key the same client chose: nobody gains by its time.
  'if (!fingerprints.includes(earlier.fingerprint)) {',
]

describe('the time that a comparison takes', () => {
  test('is watched over by a rule that sees what it should', () => {
    for (const line of [
      'if (given === sign(fields, secret)) return true',
      'return signature == expected',
      'return apiKeys.includes(given)',
      "return hmac.digest('hex') !== given",
      'if (proofOf(provider, tradeNo, secret) === proof) return tradeNo',
    ]) {
      expect(comparisons(line)).toEqual([line])
    }
    expect(comparisons('return timingSafeEqual(hash(key), hash(given))')).toEqual([])
  })

  test('tells nothing of a secret anywhere in the proxy', () => {
    const files = readdirSync('src/proxy', { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|generated|node_modules|dist/.test(file))
      .map((file) => join('src/proxy', file))
    expect(files.length).toBeGreaterThan(50)
    const found = files.flatMap((file) =>
      comparisons(readFileSync(file, 'utf8')).map((line) => `${file}: ${line}`),
    )
    expect(found.filter((line) => !INNOCENT.some((each) => line.endsWith(each)))).toEqual([])
  })
})

/** The same database, sandbox and clock, under other secrets. */
async function restarted(before: Harness, database: string, secret: string[]): Promise<Harness> {
  await before.close()
  return start({ ...CHING, after: before, database, secret })
}

const CHING = {
  providersOf: ({ chingchingpay: merchant }) => [chingchingpay({ ...merchant })],
} satisfies Parameters<typeof start>[0]

const HKD = { value: '120', currency: 'HKD' }
const BODY = { order: 'H-1', channel: 'chingchingpay:LINK', amount: HKD, payer: {} }

describe('PAY_SECRET that changes while payments are open', () => {
  async function open(database: string) {
    const before = await start({ ...CHING, database, secret: OLD })
    before.orders.set('H-1', { id: 'H-1', amount: HKD })
    const key = { 'idempotency-key': newKey() }
    const { id } = await before.made(BODY, key)
    const { notifyUrl = '', tradeNo } = lastOrder(before.sandbox)
    return { before, key, id, tradeNo, callback: new URL(notifyUrl).pathname.replace('/pay', '') }
  }
  const newDatabase = () => join(process.env.TMPDIR ?? '/tmp', `pay-rotate-${newKey()}.db`)
  const tell = (harness: Harness, path: string) => harness.ask(path, { method: 'POST', body: '{}' })

  test('is no matter while the old one is still accepted', async () => {
    const database = newDatabase()
    const { before, key, id, callback, tradeNo } = await open(database)
    const after = await restarted(before, database, [NEW, OLD])
    const again = await after.pay(BODY, key)
    expect([again.status, await again.json()]).toEqual([200, expect.objectContaining({ id })])
    await after.sandbox.settle(tradeNo, 'approve', { notify: false })
    after.clock.offset += 3_000
    expect((await tell(after, callback)).status).toBe(200)
    await after.until(id, ({ status }) => status === 'succeeded')
  })

  test('makes new addresses of the new one', async () => {
    const database = newDatabase()
    const { before } = await open(database)
    const after = await restarted(before, database, [NEW, OLD])
    await after.made(BODY)
    const fresh = new URL(lastOrder(after.sandbox).notifyUrl ?? '').pathname.replace('/pay', '')
    const later = await restarted(after, database, [NEW])
    expect((await tell(later, fresh)).status).toBe(200)
  })

  test('once the old one is gone, its callbacks are nobody’s and queries still find the money', async () => {
    const database = newDatabase()
    const { before, key, id, callback, tradeNo } = await open(database)
    const after = await restarted(before, database, [NEW])
    expect((await tell(after, callback)).status).toBe(404)
    // A repeated request cannot be known again, and is refused rather than made twice.
    expect((await after.pay(BODY, key)).status).toBe(422)
    await after.sandbox.settle(tradeNo, 'approve', { notify: false })
    await after.travel(3_600_000)
    expect(await after.watch(id)).toMatchObject({ status: 'succeeded' })
  })
})

test('each of several API keys opens the shop’s routes, and one that is gone does not', async () => {
  const { ask } = await start({ apiKey: [API_KEY, OLD] })
  const status = async (key: string) =>
    (await ask('/payments', { headers: { authorization: `Bearer ${key}` } })).status
  expect([await status(API_KEY), await status(OLD), await status(NEW)]).toEqual([200, 200, 401])
})

test('no secret is kept in the database', async () => {
  const store = sqlite(':memory:')
  const { made } = await start({ store })
  await made()
  const tables = await store.read("SELECT name FROM sqlite_master WHERE type = 'table'")
  const rows = await Promise.all(
    tables.map(({ name }) => store.read(`SELECT * FROM ${String(name)}`)),
  )
  const text = JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? `${value}` : value))
  expect(text).toContain('"A-1"')
  for (const word of ['sandbox-secret', API_KEY, '0912345678', '0358988888888', 'payer@example']) {
    expect(text).not.toContain(word)
  }
})
