import type { Database, Row, Statement, Written } from '../store/database.js'
import {
  type PaymentFacts,
  type PaymentRecord,
  type SeenPayment,
  toRecord,
  withState,
} from './record.js'

/** Runs a conditional statement on one payment; `undefined` where its condition did not hold. */
export async function changeOne(
  db: Database,
  statement: Statement,
): Promise<PaymentRecord | undefined> {
  const row = firstRow(await db.write([{ ...statement, required: true }]), 0)
  return row && toRecord(row)
}

/** A payment as a statement of a write moved it (`STATE`), if it was kept. */
export function moved(
  facts: PaymentFacts,
  written: Written,
  statement: number,
): SeenPayment | undefined {
  const row = firstRow(written, statement)
  return row && withState(facts, row)
}

function firstRow(written: Written, statement: number): Row | undefined {
  return 'rows' in written ? written.rows[statement]?.[0] : undefined
}
