import type { Embed } from './embed.js'
import { react, vue } from './pages/apps.js'
import { cart } from './pages/cart.js'
import { many } from './pages/many.js'
import { spa } from './pages/spa.js'
import { trigger } from './pages/trigger.js'

/** Every way to embed the button that the demo shows, besides an order's own page. */
export const EMBEDS: readonly Embed[] = [trigger, cart, many, spa, react, vue]
