/** How often a fault strikes: once if left out, `Infinity` until it is lifted. */
export interface Times {
  times?: number
}

export interface FaultQueue<Fault extends { endpoint: string } & Times> {
  /** Returns a function that lifts the fault. */
  add(fault: Fault): () => void
  /** The oldest fault of `endpoint` that still has to strike, counted down. */
  next(endpoint: Fault['endpoint']): Fault | undefined
}

/** Faults that wait for their turn, first in, first out. */
export function createFaultQueue<Fault extends { endpoint: string } & Times>(): FaultQueue<Fault> {
  let waiting: { fault: Fault; left: number }[] = []
  return {
    add(fault) {
      const entry = { fault, left: fault.times ?? 1 }
      waiting.push(entry)
      return () => {
        waiting = waiting.filter((other) => other !== entry)
      }
    },
    next(endpoint) {
      const entry = waiting.find(({ fault }) => fault.endpoint === endpoint)
      if (!entry) return undefined
      entry.left -= 1
      if (entry.left <= 0) waiting = waiting.filter((other) => other !== entry)
      return entry.fault
    },
  }
}
