import { expect } from 'chai'
import type { Payment } from '../../contract/payment.js'
import { FakeProxy, json } from '../testing/fake-proxy.js'
import { until } from '../testing/page.js'
import { payment } from '../testing/payment.js'
import { createPayClient } from './client.js'
import { follow, type Target, type Waiter } from './waiter.js'

let proxy: FakeProxy
let waiter: Waiter
let told: Payment[]
let gone: number
let missed: number[]
let isWatching: boolean

beforeEach(() => {
  proxy = new FakeProxy()
  told = []
  gone = 0
  missed = []
  isWatching = true
})
afterEach(() => {
  waiter.stop()
  proxy.restore()
})

function start(target: Target): void {
  waiter = follow(createPayClient(proxy.endpoint), target, {
    isWatching: () => isWatching,
    tell: (news) => told.push(news),
    missed: (count) => missed.push(count),
    gone: () => {
      gone += 1
    },
  })
}

const asked = () => proxy.asked.map(({ path }) => path)
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('following a payment', () => {
  it('waits from the version it has, and tells what is new', async () => {
    proxy.tell({ id: 'pay_1' })
    start({ id: 'pay_1', version: 1 })
    await until(() => proxy.waits)
    expect(asked()).to.deep.equal(['payments/pay_1?wait=25&version=1'])
    proxy.tell({ id: 'pay_1', status: 'processing' })
    await until(() => told.length)
    await until(() => proxy.waits)
    expect(told.map(({ status }) => status)).to.deep.equal(['processing'])
    expect(asked().at(-1)).to.equal('payments/pay_1?wait=25&version=2')
  })

  it('reads first where it has no version, without waiting', async () => {
    proxy.tell({ id: 'pay/1' })
    start({ id: 'pay/1' })
    await until(() => told.length)
    expect(asked()[0]).to.equal('payments/pay%2F1')
  })

  it('ends with the success', async () => {
    proxy.tell({ id: 'pay_1', status: 'succeeded' })
    start({ id: 'pay_1' })
    await until(() => told.length)
    await later(50)
    expect(asked()).to.have.length(1)
  })

  it('says so where there is no such payment, and ends', async () => {
    start({ key: 'k1' })
    await until(() => gone)
    await later(50)
    expect(asked()).to.deep.equal(['payments?key=k1'])
    expect(gone).to.equal(1)
  })

  for (const type of ['visibilitychange', 'pageshow', 'online', 'focus']) {
    it(`asks at once, with a plain read, on ${type}`, async () => {
      proxy.tell({ id: 'pay_1' })
      start({ id: 'pay_1', version: 1 })
      await until(() => proxy.waits)
      dispatchEvent(new Event(type))
      await until(() => asked().length === 3)
      expect(asked()[1]).to.equal('payments/pay_1')
      await until(() => proxy.waits)
      expect(told).to.deep.equal([])
    })
  }

  it('asks nothing while the page is hidden or nobody listens', async () => {
    proxy.tell({ id: 'pay_1' })
    start({ id: 'pay_1', version: 1 })
    await until(() => proxy.waits)
    isWatching = false
    waiter.wake()
    await until(() => !proxy.waits)
    await later(50)
    expect(asked()).to.have.length(1)

    isWatching = true
    Object.defineProperty(document, 'hidden', { configurable: true, value: true })
    dispatchEvent(new Event('visibilitychange'))
    await later(50)
    expect(asked()).to.have.length(1)
    Reflect.deleteProperty(document, 'hidden')
    dispatchEvent(new Event('visibilitychange'))
    await until(() => proxy.waits)
  })

  it('keeps away as long as the proxy asks', async () => {
    proxy.answer = () => json(payment(), 200, { 'retry-after': '1' })
    start({ id: 'pay_1', version: 1 })
    await until(() => asked().length)
    await later(700)
    expect(asked()).to.have.length(1)
    await until(() => asked().length === 2)
  })

  it('makes no flood of waits that are answered at once', async () => {
    proxy.answer = () => json(payment())
    start({ id: 'pay_1', version: 1 })
    await later(500)
    expect(asked()).to.have.length(1)
  })

  it('asks less and less where nothing can be had, and then at once when the page wakes', async () => {
    proxy.answer = () => Promise.reject(new TypeError('failed to fetch'))
    start({ id: 'pay_1', version: 1 })
    await until(() => asked().length)
    await later(400)
    expect(asked()).to.have.length(1)
    await until(() => asked().length === 2)
    await later(800)
    expect(asked()).to.have.length(2)
    expect(missed).to.deep.equal([1, 2])
    proxy.tell({ id: 'pay_1' })
    proxy.tell({ id: 'pay_1', status: 'succeeded' })
    proxy.answer = () => undefined
    dispatchEvent(new Event('online'))
    await until(() => told.length, 300)
    expect(missed).to.deep.equal([1, 2, 0])
  })

  it('takes an answer that can not be read for none', async () => {
    proxy.answer = () => json({ id: 'pay_1', status: 'paid' })
    start({ id: 'pay_1', version: 1 })
    await until(() => asked().length)
    await later(100)
    expect([told.length, gone, asked().length]).to.deep.equal([0, 0, 1])
  })

  it('asks nothing once it is stopped', async () => {
    proxy.tell({ id: 'pay_1' })
    start({ id: 'pay_1', version: 1 })
    await until(() => proxy.waits)
    waiter.stop()
    await until(() => !proxy.waits)
    dispatchEvent(new Event('online'))
    await later(50)
    expect(asked()).to.have.length(1)
  })
})
