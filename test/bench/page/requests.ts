import type { Page } from 'puppeteer-core'

export interface Requests {
  /** Set it to 0 to begin anew. */
  count: number
}

/** Counts what a page asks of `origin`; what a browser asks first by itself (CORS) is not counted. */
export async function requestsOf(page: Page, origin: string): Promise<Requests> {
  const requests = { count: 0 }
  const session = await page.createCDPSession()
  await session.send('Network.enable')
  session.on('Network.requestWillBeSent', ({ request, type }) => {
    if (type !== 'Preflight' && request.url.startsWith(origin)) requests.count += 1
  })
  return requests
}
