/** What the page notes of a press, in milliseconds since the browser had it. */
export interface Press {
  /** When the window or the dialog was there. */
  done: number
  /** When the frame with it had been drawn. */
  drawn: number
  /** How many other tasks ran between the press and the window: 0 where it is in the same one. */
  tasks: number
  /** The longest that the browser says that an event of the press took to the next frame. */
  event: number
}

declare global {
  interface Window {
    press: Press
  }
}

/** What Event Timing does not tell of: whatever is shorter counts as this. Milliseconds. */
export const SHORTEST = 16

/** Watches the next press; runs in the page before anything else, and sees nothing from here. */
export function watchPress(shortest: number): void {
  const press: Press = { done: 0, drawn: 0, tasks: 0, event: shortest }
  window.press = press
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { interactionId: number })[]) {
      if (entry.interactionId) press.event = Math.max(press.event, entry.duration)
    }
  }).observe({
    type: 'event',
    durationThreshold: shortest,
    buffered: true,
  } as PerformanceObserverInit)

  let pressedAt = 0
  let isOver = false
  const note = () => {
    if (pressedAt === 0 || press.done > 0) return
    press.done = performance.now() - pressedAt
    if (isOver) press.tasks += 1
    // The first task after a frame: its drawing is done.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        press.drawn = performance.now() - pressedAt
      }
      port2.postMessage(null)
    })
  }
  addEventListener(
    'click',
    ({ timeStamp }) => {
      pressedAt = timeStamp
      // Both are later tasks, and neither waits for a frame.
      setTimeout(() => {
        isOver = true
      })
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        isOver = true
      }
      port2.postMessage(null)
    },
    { capture: true },
  )
  const { open } = window
  window.open = (...args) => {
    const opened = open.apply(window, args)
    note()
    return opened
  }
  const { showModal } = HTMLDialogElement.prototype
  HTMLDialogElement.prototype.showModal = function () {
    showModal.call(this)
    note()
  }
}
