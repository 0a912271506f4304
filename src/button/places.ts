/** Storage may be refused or full, and may throw: a payment goes on without it. */
export function guarded<Result>(access: (storage: Storage) => Result): Result | undefined {
  try {
    return access(sessionStorage)
  } catch {
    return undefined
  }
}

/** What a payer's place with an order is stored under. */
export function placeName(endpoint: string, order: string): string {
  return `pay-button ${endpoint} ${order}`
}

/** Whether this tab left something unfinished with a proxy. */
export function hasPlace(endpoint: string): boolean {
  const isPlace = (name: string) => name.startsWith(placeName(endpoint, ''))
  return !!guarded((storage) => Object.keys(storage).some(isPlace))
}
