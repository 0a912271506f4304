import { describe, expect, it } from 'vitest'
import { type Ending, endingOf } from './ending.js'
import { PAYMENT_REASONS, PAYMENT_STATUSES, type Payment } from './payment.js'

const HUNDRED = { value: '100', currency: 'TWD' }

function payment(patch: Partial<Payment>): Payment {
  return {
    id: 'pay_1',
    order: 'A-1001',
    channel: 'vexora-taiwan:STORE',
    amount: { value: '300', currency: 'TWD' },
    status: 'failed',
    version: 1,
    next: null,
    createdAt: '2026-11-21T08:00:00Z',
    updatedAt: '2026-11-21T08:00:00Z',
    now: '2026-11-21T08:00:00Z',
    ...patch,
  }
}

describe('how a payment ended', () => {
  it.each<[Partial<Payment>, Ending]>([
    [{ status: 'failed' }, 'failed'],
    [{ status: 'failed', reason: 'refused' }, 'refused'],
    [{ status: 'failed', reason: 'unreachable' }, 'not-started'],
    [{ status: 'failed', reason: 'cashier-refused' }, 'not-started'],
    [{ status: 'failed', reason: 'a reason of tomorrow' }, 'failed'],
    [{ status: 'failed', reason: 'order-paid' }, 'order-paid'],
    [{ status: 'expired' }, 'expired'],
    [{ status: 'expired', reason: 'interrupted' }, 'not-started'],
    [{ status: 'expired', reason: 'unknown-outcome' }, 'expired'],
    [{ status: 'canceled' }, 'canceled'],
    [{ status: 'succeeded', reason: 'duplicate' }, 'duplicate'],
    [{ status: 'processing', reason: 'unknown-outcome' }, 'unsure'],
    [{ status: 'requires_action', reason: 'order-paid' }, 'order-paid'],
    [{ status: 'needs_review', reason: 'partial', received: HUNDRED }, 'partial'],
    [{ status: 'needs_review', reason: 'amount-mismatch', received: HUNDRED }, 'mismatch'],
    [{ status: 'needs_review', reason: 'partial' }, 'review'],
    [{ status: 'needs_review', reason: 'amount-missing' }, 'review'],
    [{ status: 'needs_review', reason: 'merchant-mismatch' }, 'review'],
  ])('with %o is %s', (patch, ending) => {
    expect(endingOf(payment(patch))).toBe(ending)
  })

  it('never tells of a review that nothing was charged, whatever the reason', () => {
    for (const reason of PAYMENT_REASONS) {
      for (const received of [undefined, HUNDRED]) {
        const ending = endingOf(
          payment({ status: 'needs_review', reason, ...(received && { received }) }),
        )
        expect(['partial', 'mismatch', 'review']).toContain(ending)
      }
    }
  })

  it('is known for every status and reason', () => {
    for (const status of PAYMENT_STATUSES) {
      for (const reason of PAYMENT_REASONS)
        expect(endingOf(payment({ status, reason }))).toBeTruthy()
    }
  })
})
