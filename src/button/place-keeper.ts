/** Where a payer was, kept over reloads: the attempt before its answer, then the payment's id. */
export type Place = { key: string; order: string; channel: string } | { payment: string }

const PREFIX = 'pay-button'

/** Storage may be refused or full, and may throw: a payment goes on without it. */
function guarded<Result>(access: (storage: Storage) => Result): Result | undefined {
  try {
    return access(sessionStorage)
  } catch {
    return undefined
  }
}

function nameOf(endpoint: string, order: string): string {
  return `${PREFIX} ${endpoint} ${order}`
}

/** Whether this tab left something unfinished with this proxy. */
export function hasPlace(endpoint: string): boolean {
  return !!guarded((storage) =>
    Object.keys(storage).some((name) => name.startsWith(nameOf(endpoint, ''))),
  )
}

export function keepPlace(endpoint: string, order: string, place: Place): void {
  guarded((storage) => storage.setItem(nameOf(endpoint, order), JSON.stringify(place)))
}

export function forgetPlace(endpoint: string, order: string): void {
  guarded((storage) => storage.removeItem(nameOf(endpoint, order)))
}

/** The place kept for an order, as unchecked JSON. */
export function readPlace(endpoint: string, order: string): unknown {
  return guarded((storage) => JSON.parse(storage.getItem(nameOf(endpoint, order)) ?? 'null'))
}
