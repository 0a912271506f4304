import type { Database, Statement, Written } from '../store/database.js'
import { type PaymentRecord, toRecord } from './record.js'

/** Runs a conditional statement on one payment; `undefined` where its condition did not hold. */
export async function changeOne(
  db: Database,
  statement: Statement,
): Promise<PaymentRecord | undefined> {
  return firstRecord(await db.write([{ ...statement, required: true }]), 0)
}

/** The row that a statement of a write returned, if it was kept. */
export function firstRecord(written: Written, statement: number): PaymentRecord | undefined {
  const [row] = 'rows' in written ? (written.rows[statement] ?? []) : []
  return row && toRecord(row)
}
