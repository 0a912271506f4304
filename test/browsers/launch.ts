import { type Browser, type Engine, engine } from './browser.js'

const LAUNCHERS: Record<Engine, () => Promise<Browser>> = {
  chromium: async () => (await import('./puppeteer.js')).launchChromium(),
  firefox: async () => (await import('./puppeteer.js')).launchFirefox(),
  webkit: async () => (await import('./webkit.js')).launchWebKit(),
}

/** Starts the browser that these tests run in. */
export function launchBrowser(): Promise<Browser> {
  return LAUNCHERS[engine]()
}
