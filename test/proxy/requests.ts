import { randomBytes } from 'node:crypto'
import type { FindOrder, Order } from '../../src/proxy/index.js'

export const SHOP = 'https://shop.example'
export const BANK = 'vexora-taiwan:NET_BANKING'
export const STORE = 'vexora-taiwan:STORE'

/** What a payer types for a bank transfer, and what Vexora must be sent of it. */
export const BANK_PAYER = {
  firstName: '小明',
  lastName: '王',
  mobile: '+886 912-345-678',
  email: 'payer@example.com',
  bankAccounts: ['808-0358988888888', '013-0458988888888'],
}

/** An order as the shop knows it, of NT$300 if nothing else is said. */
export function order(id: string, value = '300', more: Partial<Order> = {}): Order {
  return { id, amount: { value, currency: 'TWD' }, description: 'Tea', ...more }
}

/** A good request to create a payment, or what is changed of it. */
export function create(
  body: Record<string, unknown> | string = {},
  headers: Record<string, string> = {},
): RequestInit {
  const request = {
    order: 'A-1',
    channel: BANK,
    amount: { value: '300', currency: 'TWD' },
    payer: BANK_PAYER,
    presentation: 'popup',
  }
  return {
    method: 'POST',
    headers: {
      origin: SHOP,
      'content-type': 'application/json',
      'idempotency-key': newKey(),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify({ ...request, ...body }),
  }
}

export function newKey(): string {
  return randomBytes(16).toString('base64url')
}

/** A shop that answers nobody until `count` have asked, and then all of them in one turn. */
export function answerTogether(count: number, find: (ref: string) => Order): FindOrder {
  const waiting: (() => void)[] = []
  return async (ref) => {
    await new Promise<void>((resolve) => {
      waiting.push(resolve)
      if (waiting.length >= count) for (const answer of waiting.splice(0)) answer()
    })
    return find(ref)
  }
}
