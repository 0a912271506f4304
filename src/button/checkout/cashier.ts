/** The way to the cashier page, taken once. */
export interface Cashier {
  /** Sends the payer there. False where it can't: a link has to be pressed. */
  leaveFor(url: string): boolean
  /** Gives up before it left; nothing happens after that. */
  abandon(): void
}

const WIDTH = 480
const HEIGHT = 760

/**
 * A window of its own, blank and ours until it leaves. Call it inside the click. Its opener is
 * cut while it is blank, so the cashier can't reach the shop's page. Undefined where it is blocked.
 */
export function openWindow(
  language: string,
  title: string,
  lines: readonly string[],
): Cashier | undefined {
  const left = screenX + (outerWidth - WIDTH) / 2
  const top = screenY + (outerHeight - HEIGHT) / 2
  const features = `popup,width=${WIDTH},height=${HEIGHT},left=${left},top=${top}`
  try {
    const opened = window.open('', '', features)
    if (!opened) return undefined
    opened.opener = null
    write(opened.document, language, title, lines)
    return cashierIn(opened)
  } catch {
    return undefined
  }
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

function cashierIn(opened: Window): Cashier {
  let isMine = true
  const abandon = () => {
    if (isMine) opened.close()
    isMine = false
  }
  return {
    abandon,
    leaveFor(url) {
      if (!isMine || opened.closed) return false
      try {
        opened.location.replace(url)
        isMine = false
        return true
      } catch {
        // A sandboxed frame's window can't be steered once its opener is cut.
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
  abandon() {},
}
