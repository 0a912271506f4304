import type { FrameMessage } from './messages.js'

/** The page with the button, in a frame. */
export interface Preview {
  /** Shows another order, or the same one anew; `query` is all that its page is told. */
  load(query: URLSearchParams): void
  /** Sets the button as it stands. */
  set(query: URLSearchParams): void
}

export function createPreview(
  frame: HTMLIFrameElement,
  hear: (message: FrameMessage) => void,
): Preview {
  addEventListener('message', ({ data, origin, source }) => {
    if (origin === location.origin && source === frame.contentWindow) hear(data as FrameMessage)
  })
  return {
    // Replaced, so that "back" leaves the playground at once.
    load: (query) => frame.contentWindow?.location.replace(`/playground/frame?${query}`),
    set: (query) => frame.contentWindow?.postMessage(String(query), location.origin),
  }
}
