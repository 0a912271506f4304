const BEAT_MS = 500
/** Longer than any browser holds back the timers of a page that is seen. */
const NAP_MS = 30_000

/**
 * Calls `beat` twice a second until the function that it returns is called; `napped` where the clock
 * says that the machine slept, of which a page is not told.
 */
export function heartbeat(beat: (napped: boolean) => void): () => void {
  let last = Date.now()
  const timer = setInterval(() => {
    const napped = Date.now() - last > NAP_MS
    last = Date.now()
    beat(napped)
  }, BEAT_MS)
  return () => clearInterval(timer)
}
