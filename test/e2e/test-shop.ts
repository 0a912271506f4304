import { Hono } from 'hono'
import { SignJWT } from 'jose'
import { listen } from '../../demo/dist/listen.js'
import { createShop } from '../../demo/dist/shop/shop.js'
import { signOrder } from '../../src/proxy/dist/proxy/index.js'

/** How a shop's pages can be other than the demo's. */
export interface Twist {
  /** Headers of every page, in place of the demo's own. */
  headers?: Readonly<Record<string, string>>
  /** What runs in every page before the button, as a browser or another script would have it. */
  before?: () => void
  /** Whether other pages may hold the shop's in a frame. */
  framed?: boolean
  /** How many seconds after the page was sent the proxy no longer takes its order's token. */
  tokenEndsIn?: number
}

export interface TestShop {
  twist: Twist
  /** What it was asked, oldest first: `POST /embeds/orders`. */
  readonly asked: string[]
  /** What went wrong in its pages, by their own word, whatever engine they ran in. */
  readonly complaints: string[]
  close(): Promise<void>
}

/** Tells the shop what goes wrong in the page: not every driver can. */
function complain(): void {
  const tell = (text: string) =>
    void fetch('/complaints', { method: 'POST', body: text, keepalive: true }).catch(
      () => undefined,
    )
  addEventListener('error', ({ message }) => tell(message))
  addEventListener('unhandledrejection', ({ reason }) => tell(`unhandled: ${reason}`))
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    tell(`policy: ${violatedDirective} ${blockedURI}`),
  )
}

interface TestShopSettings {
  port: number
  payUrl: string
  orderSecret: string
  webhookSecret: string
}

/** The demo's shop with a script of ours in front, and whatever else the test wants other. */
export async function startTestShop(settings: TestShopSettings): Promise<TestShop> {
  const { port, payUrl, orderSecret, webhookSecret } = settings
  const demo = createShop({
    payUrl,
    webhookSecret,
    sandboxed: true,
    signOrder: (order) =>
      shop.twist.tokenEndsIn === undefined
        ? signOrder(order, orderSecret)
        : signOldOrder(order, orderSecret, shop.twist.tokenEndsIn),
  })
  const app = new Hono()
  const shop: TestShop = { twist: {}, asked: [], complaints: [], close: await listen(app, port) }

  app.use(async (c, next) => {
    shop.asked.push(`${c.req.method} ${c.req.path}`)
    await next()
  })
  app.get('/before.js', (c) => {
    const scripts = [complain, shop.twist.before].filter((script) => script !== undefined)
    return c.body(scripts.map((script) => `;(${script})()`).join('\n'), 200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'no-store',
    })
  })
  app.post('/complaints', async (c) => {
    shop.complaints.push(await c.req.text())
    return c.body(null, 204)
  })
  // A page around another: `?of=` what it holds, `&sandbox=` what that may do.
  app.get('/around', (c) => {
    const { of = '', sandbox } = c.req.query()
    const limits = sandbox === undefined ? '' : ` sandbox="${sandbox}"`
    return c.html(
      `<!doctype html><title>Around</title><link rel="icon" href="data:,"><iframe width="900" height="640" src="${of}"${limits}></iframe>`,
    )
  })
  app.all('*', async (c) => twisted(await demo.fetch(c.req.raw), shop.twist))
  return shop
}

/** The seconds by which the proxy lets clocks differ. */
const SKEW = 60

/** As the proxy's own `signOrder`, but signed a good while ago. */
function signOldOrder(order: object, secret: string, endsIn: number): Promise<string> {
  const end = Math.floor(Date.now() / 1000) - SKEW + endsIn
  return new SignJWT({ order })
    .setProtectedHeader({ alg: 'HS256', typ: 'pay-order+jwt' })
    .setAudience('pay-button')
    .setIssuedAt(end - 600)
    .setExpirationTime(end)
    .sign(new TextEncoder().encode(secret))
}

async function twisted(answer: Response, twist: Twist): Promise<Response> {
  const headers = new Headers(answer.headers)
  for (const [name, value] of Object.entries(twist.headers ?? {})) headers.set(name, value)
  if (twist.framed) letBeFramed(headers)
  const isPage = headers.get('content-type')?.startsWith('text/html')
  const body = isPage
    ? (await answer.text()).replace('<head>', '<head><script src="/before.js"></script>')
    : answer.body
  return new Response(body, { status: answer.status, headers })
}

/** In frames of any origin, also of none, where the page's own files are foreign to it. */
function letBeFramed(headers: Headers): void {
  const policy = headers.get('content-security-policy') ?? ''
  headers.set(
    'content-security-policy',
    policy.replace("frame-ancestors 'none'", 'frame-ancestors *'),
  )
  headers.set('access-control-allow-origin', '*')
  headers.set('cross-origin-resource-policy', 'cross-origin')
  headers.delete('x-frame-options')
}
