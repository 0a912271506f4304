import type { Presentation } from '../contract/payment.js'
import { guarded } from './places.js'

/**
 * Browsers inside apps, by what their user agent says. Their pop-ups open nowhere, or take the
 * page's place, or hide it for good. Generic tests miss LINE on iOS, hence a plain list.
 */
const IN_APP_BROWSER =
  / Line\/|FBAN|FBAV|FB_IAB|Instagram|MicroMessenger|KAKAOTALK|NAVER|BytedanceWebview|musical_ly|GSA\/|; wv\)/

/** Whether this is the browser of LINE, which has a way out of it. */
export function isLine({ userAgent } = navigator): boolean {
  return userAgent.includes(' Line/')
}

const DISTRUST = 'pay-button no-windows'

/** Notes that in this tab a window took the page's place. */
export function distrustWindows(): void {
  guarded((storage) => storage.setItem(DISTRUST, 'true'))
}

/**
 * How a cashier page is shown: in a window of its own, or in the page's place. What a page wants
 * may be any text, and nothing once the attribute is removed: that is `auto`.
 */
export function presentationFor(
  wanted: string | null | undefined,
  { userAgent, standalone }: { userAgent: string; standalone?: boolean } = navigator,
): Presentation {
  if (wanted === 'popup' || wanted === 'redirect') return wanted
  // `standalone` exists on iOS only, where a home-screen app's windows can't come back.
  const isDistrusted = guarded((storage) => storage.getItem(DISTRUST))
  return standalone || isDistrusted || IN_APP_BROWSER.test(userAgent) ? 'redirect' : 'popup'
}
