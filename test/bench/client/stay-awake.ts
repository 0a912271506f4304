/**
 * Keeps this process from ever sleeping. Whoever answers a client that sleeps wakes it, which costs
 * a virtual machine's server some 20 µs: one that is fast has its client busy, and never pays it.
 *
 * @returns lets it sleep again.
 */
export function stayAwake(): () => void {
  let isAwake = true
  const turn = () => {
    if (isAwake) setImmediate(turn)
  }
  turn()
  return () => {
    isAwake = false
  }
}
