import { createSSRApp } from 'vue'
import { renderToString } from 'vue/server-renderer'
import Shop from '../vue/shop-page.vue'

/** The page's markup for the parameters of its address. */
export function render(search) {
  const { endpoint, order } = Object.fromEntries(new URLSearchParams(search))
  return renderToString(createSSRApp(Shop, { endpoint, order }))
}
