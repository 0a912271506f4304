import type { Statement } from '../store/database.js'

/** What decides about the payments of one order, in whatever process, waits for each other here. */
export function lockOrder(orderId: string): Statement {
  return {
    sql: `INSERT INTO order_locks (order_id, taken) VALUES (:order_id, 1)
      ON CONFLICT (order_id) DO UPDATE SET taken = order_locks.taken + 1`,
    params: { order_id: orderId },
    lock: true,
  }
}
