import { expect } from 'chai'
import * as fc from 'fast-check'
import { PAYMENT_STATUSES, type Payment } from '../contract/payment.js'
import { announcementOf, type Flow, type FlowEvent, IDLE, isEnded, step } from './machine.js'
import { payment } from './testing/payment.js'

const submit: FlowEvent = { type: 'submit' }
const leave: FlowEvent = { type: 'leave' }
const lose: FlowEvent = { type: 'lose' }
const doubt: FlowEvent = { type: 'doubt' }
const adopt = (patch: Partial<Payment>): FlowEvent => ({ type: 'adopt', payment: payment(patch) })
const tell = (patch: Partial<Payment>): FlowEvent => ({ type: 'tell', payment: payment(patch) })
const flowAfter = (...events: FlowEvent[]): Flow => events.reduce(step, IDLE)

describe('the flow of an order', () => {
  it('submits, waits and is paid', () => {
    const made = payment({ status: 'requires_action' })
    expect(flowAfter(submit)).to.deep.equal({ phase: 'submitting' })
    expect(flowAfter(submit, { type: 'adopt', payment: made })).to.deep.equal({
      phase: 'waiting',
      payment: made,
    })
    expect(flowAfter(submit, adopt({}), tell({ version: 2, status: 'succeeded' })).phase).to.equal(
      'paid',
    )
  })

  for (const [status, phase] of [
    ['processing', 'waiting'],
    ['requires_action', 'waiting'],
    ['needs_review', 'waiting'],
    ['failed', 'failed'],
    ['expired', 'failed'],
    ['canceled', 'failed'],
    ['succeeded', 'paid'],
  ] as const) {
    it(`is ${phase} where the payment is ${status}`, () => {
      expect(flowAfter(submit, adopt({ status })).phase).to.equal(phase)
    })
  }

  it('is paid where another payment of the order was', () => {
    expect(flowAfter(submit, adopt({ status: 'expired', reason: 'order-paid' })).phase).to.equal(
      'paid',
    )
  })

  it('goes back to the form with the fault of a refusal', () => {
    const fault = { code: 'amount-changed', status: 409 }
    expect(flowAfter(submit, { type: 'refuse', fault })).to.deep.equal({ phase: 'idle', fault })
    expect(flowAfter(submit, { type: 'refuse' }).fault).to.equal(undefined)
    expect(flowAfter(submit, { type: 'refuse', fault }, submit)).to.deep.equal({
      phase: 'submitting',
    })
  })

  it('refuses nothing that has a payment', () => {
    const waiting = flowAfter(submit, adopt({}))
    expect(step(waiting, { type: 'refuse' })).to.equal(waiting)
  })

  it('waits for a payment that may have been made, until it is found or certainly is not there', () => {
    expect(flowAfter(submit, lose)).to.deep.equal({ phase: 'waiting' })
    expect(flowAfter(submit, lose, adopt({ status: 'succeeded' })).phase).to.equal('paid')
    expect(flowAfter(submit, lose, { type: 'refuse' }).phase).to.equal('idle')
  })

  it('takes up what a reload interrupted', () => {
    expect(flowAfter(lose).phase).to.equal('waiting')
    expect(flowAfter(adopt({ status: 'failed' })).phase).to.equal('failed')
  })

  it('doubts an answer that is overdue, and no longer when it is there', () => {
    const doubted = flowAfter(submit, adopt({ status: 'processing' }), doubt)
    expect(doubted.unsure).to.equal(true)
    expect(step(doubted, tell({ version: 2, status: 'processing' })).unsure).to.equal(true)
    expect(step(doubted, tell({ version: 2 }))).not.to.have.property('unsure')
    expect(flowAfter(submit, lose, doubt)).to.deep.equal({ phase: 'waiting', unsure: true })
  })

  it('doubts neither a payment that the payer can act on nor one that is not there', () => {
    for (const flow of [IDLE, flowAfter(submit), flowAfter(submit, adopt({}))]) {
      expect(step(flow, doubt)).to.equal(flow)
    }
  })

  it('is unsure from the start of a payment whose outcome nobody knows', () => {
    const flow = flowAfter(submit, adopt({ status: 'processing', reason: 'unknown-outcome' }))
    expect(flow.unsure).to.equal(true)
  })

  it('goes back to the form from a payment that is open or ended', () => {
    expect(flowAfter(submit, adopt({}), leave)).to.equal(IDLE)
    expect(flowAfter(submit, adopt({ status: 'failed' }), leave)).to.equal(IDLE)
    expect(step(flowAfter(submit), leave).phase).to.equal('submitting')
  })

  it('ignores news of a payment that was left, but not its success', () => {
    const left = flowAfter(submit, adopt({ id: 'old' }), leave)
    expect(step(left, tell({ id: 'old', version: 2, status: 'failed' }))).to.equal(left)
    expect(step(left, tell({ id: 'old', version: 2, status: 'succeeded' })).phase).to.equal('paid')
  })

  it('ignores what it has heard already, and what is older', () => {
    const flow = flowAfter(submit, adopt({ version: 3 }))
    expect(step(flow, tell({ version: 3, status: 'failed' }))).to.equal(flow)
    expect(step(flow, tell({ version: 2, status: 'failed' }))).to.equal(flow)
    expect(step(flow, adopt({ version: 4, status: 'failed' })).phase).to.equal('failed')
  })

  it('ignores a second press, and a lost answer that came', () => {
    const waiting = flowAfter(submit, adopt({}))
    expect(step(waiting, submit)).to.equal(waiting)
    expect(step(waiting, lose)).to.equal(waiting)
  })
})

describe('any sequence of events', () => {
  const payments = fc.record({
    id: fc.constantFrom('a', 'b'),
    status: fc.constantFrom(...PAYMENT_STATUSES),
    version: fc.integer({ min: 1, max: 4 }),
    reason: fc.constantFrom('refused', 'order-paid', 'unknown-outcome'),
  })
  const events: fc.Arbitrary<FlowEvent> = fc.oneof(
    fc.constantFrom<FlowEvent>(submit, lose, doubt, leave, { type: 'refuse' }),
    payments.map(adopt),
    payments.map(tell),
  )

  it('has at most one submission in flight', () => {
    void fc.assert(
      fc.property(fc.array(events, { maxLength: 30 }), (all) => {
        let flow = IDLE
        let inFlight = 0
        for (const event of all) {
          const next = step(flow, event)
          if (event.type === 'submit' && next !== flow) inFlight += 1
          if (flow.phase === 'submitting' && next.phase !== 'submitting') inFlight -= 1
          expect(inFlight).to.be.within(0, 1)
          flow = next
        }
      }),
    )
  })

  it('leaves an order that is paid for good', () => {
    void fc.assert(
      fc.property(fc.array(events), fc.array(events), (before, later) => {
        const paid = [...before, tell({ status: 'succeeded' })].reduce(step, IDLE)
        expect(paid.phase).to.equal('paid')
        expect(later.reduce(step, paid)).to.equal(paid)
      }),
    )
  })

  it('announces a success once for each payment', () => {
    void fc.assert(
      fc.property(fc.array(payments), (all) => {
        const once = all.map((each) => announcementOf(payment(each)))
        const successes = new Set(once.filter(({ type }) => type === 'pay-success'))
        const keys = new Set([...successes].map((each) => each.once))
        const paid = new Set(all.filter(({ status }) => status === 'succeeded').map(({ id }) => id))
        expect(keys.size).to.equal(paid.size)
      }),
    )
  })
})

describe('what a page is told', () => {
  it('is pending once, failed once for each status, and paid once', () => {
    const told = (status: Payment['status']) => announcementOf(payment({ status }))
    expect(told('processing')).to.deep.equal(told('needs_review'))
    expect(told('failed').type).to.equal('pay-failure')
    expect(told('failed').once).not.to.equal(told('expired').once)
    expect(told('succeeded').type).to.equal('pay-success')
    expect(PAYMENT_STATUSES.filter(isEnded)).to.deep.equal(['expired', 'canceled', 'failed'])
  })
})
