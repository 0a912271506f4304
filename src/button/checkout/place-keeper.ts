import { guarded, placeName } from '../places.js'

/** Where a payer was, kept over reloads: the attempt before its answer, then the payment. */
export interface Place {
  /** The payment's id. */
  id?: string | undefined
  /** Idempotency key of the attempt. */
  key?: string | undefined
  order?: string
  channel?: string
}

export function keepPlace(endpoint: string, order: string, place: Place): void {
  guarded((storage) => storage.setItem(placeName(endpoint, order), JSON.stringify(place)))
}

export function forgetPlace(endpoint: string, order: string): void {
  guarded((storage) => storage.removeItem(placeName(endpoint, order)))
}

/** The place kept for an order, as unchecked JSON. */
export function readPlace(endpoint: string, order: string): unknown {
  return guarded((storage) => JSON.parse(storage.getItem(placeName(endpoint, order)) ?? 'null'))
}
