import { distrustWindows } from '../presentation.js'

/** The way to the cashier page, taken once. */
export interface Cashier {
  /** Whether its window is there. Only a hint: under COOP an open one reads as closed. */
  readonly isOpen: boolean
  /** Sends the payer there. False where it can't: a link has to be pressed. */
  leaveFor(url: string): boolean
  /** Brings its window to the front; call it inside a click. */
  show(): void
  /** Gives up before it left; nothing happens after that. */
  abandon(): void
}

const WIDTH = 480
const HEIGHT = 760
/** How soon after `open` the page is gone where the window took its place. */
const LOST_MS = 1000

/**
 * A window of its own, blank and ours until it leaves. Call it inside the click. Its opener is
 * cut while it is blank, so the cashier can't reach the shop's page. Undefined where it is blocked.
 *
 * @param useless what stands in it if it can neither leave nor be closed.
 */
export function openWindow(
  language: string,
  title: string,
  lines: readonly string[],
  useless: string,
): Cashier | undefined {
  const left = screenX + (outerWidth - WIDTH) / 2
  const top = screenY + (outerHeight - HEIGHT) / 2
  const features = `popup,width=${WIDTH},height=${HEIGHT},left=${left},top=${top}`
  noteLostPage()
  try {
    const opened = window.open('', '', features)
    if (!opened) return undefined
    // A web view without windows gives the page itself, which is not ours to write in.
    if (opened === window) return thisTab
    opened.opener = null
    write(opened.document, language, title, lines)
    return cashierIn(opened, useless)
  } catch {
    return undefined
  }
}

/** Some web views open a window by putting the blank page in the shop's place, without a word. */
function noteLostPage(): void {
  addEventListener('pagehide', distrustWindows)
  setTimeout(() => removeEventListener('pagehide', distrustWindows), LOST_MS)
}

function write(page: Document, language: string, title: string, lines: readonly string[]): void {
  page.title = title
  page.documentElement.lang = language
  for (const line of [...lines, title]) {
    const paragraph = page.createElement('p')
    paragraph.textContent = line
    page.body.append(paragraph)
  }
  page.documentElement.style.colorScheme = 'light dark'
  page.body.style.cssText = 'margin: 30vh 1rem; font: 1.125rem system-ui; text-align: center'
}

function cashierIn(opened: Window, useless: string): Cashier {
  let isMine = true
  const abandon = () => {
    if (isMine) opened.close()
    isMine = false
  }
  // Blank for ever where the page that would send it on is gone.
  addEventListener('pagehide', abandon, { once: true })
  return {
    abandon,
    get isOpen() {
      return !opened.closed
    },
    show: () => opened.focus(),
    leaveFor(url) {
      if (!isMine || opened.closed) return false
      try {
        opened.location.replace(url)
        isMine = false
        return true
      } catch {
        // A sandboxed frame's window can't be steered once its opener is cut, nor closed.
        opened.document.body.textContent = useless
        abandon()
        return false
      }
    },
  }
}

/** The page's own tab; from inside a frame, the whole tab. */
export const thisTab: Cashier = {
  leaveFor(url) {
    const tab = window.top ?? window
    try {
      tab.location.href = url
    } catch {
      // Refused aloud by the frame's sandbox. It may be refused without a word, too.
    }
    return tab === window
  },
  isOpen: false,
  show() {},
  abandon() {},
}
