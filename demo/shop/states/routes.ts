import { type Context, Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { chooseLanguage } from '../language.js'
import { contentSecurityPolicy } from '../security.js'
import { type Look, statePage, THEMES, wallPage } from './pages.js'
import { playProxy } from './play-proxy.js'
import { STATES } from './states.js'

/**
 * The button in every state, language and theme, for whoever draws or reviews it. Its proxy is
 * played: nothing is paid here.
 */
export function stateRoutes(payUrl: string): Hono {
  const states = new Hono()
  states.use(secureHeaders(contentSecurityPolicy(payUrl, { framesItself: true })))
  states.get('/', async (c) => c.html(await wallPage(lookOf(c))))
  states.route('/pay', playProxy())
  states.get('/:state', async (c) => {
    const name = c.req.param('state')
    const state = STATES.get(name)
    if (!state) return c.notFound()
    return c.html(await statePage(name, state, lookOf(c), `${payUrl}/pay-button.js`))
  })
  return states
}

function lookOf(c: Context): Look {
  return {
    language: chooseLanguage(c.req.query('lang'), c.req.header('accept-language')),
    theme: THEMES.find((theme) => theme === c.req.query('theme')) ?? 'light',
  }
}
