import { expect } from 'vitest'
import type { Page } from '../browsers/page.js'
import type { ShopUnderTest } from './harness.js'
import { expectPaid } from './told.js'

/** Money moved once: one order at the provider, one payment of it, one word of it to the shop. */
export async function expectPaidOnce(shop: ShopUnderTest, page: Page): Promise<void> {
  await expectPaid(page)
  const booked = shop.booked().map(({ status, createCalls }) => ({ status, createCalls }))
  expect(booked).toEqual([{ status: 'paid', createCalls: 1 }])
}
