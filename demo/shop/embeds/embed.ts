import type { Worded } from '../language.js'
import type { Html, View } from '../pages/layout.js'
import type { Product } from '../products.js'

/** What a page is made for: a payer's visit, or a merchant who reads its code. */
export interface Scene {
  view: View
  /** Where the proxy is. */
  payUrl: string
  /** The token of an order of the payer's. */
  tokenOf(product: Product, quantity?: number): Promise<string>
}

/** A page that shows one way to embed the button. */
export interface Embed {
  /** The last part of its address. */
  name: string
  title: Worded
  intro: Worded
  /** Of the page's own, besides the button's: the address of a script, and of a style sheet. */
  script: string
  style?: string
  /** The policies of Trusted Types that it needs, where the button comes with the page's bundle. */
  trustedTypes?: string[]
  /** The files of `client` that a merchant would write. */
  sources: readonly string[]
  /** The lines of HTML that a merchant would write: the page shows them, and is made of them. */
  markup(scene: Scene): Promise<Html>
  /** What stands in the page, where that is the markup many times over. */
  live?(scene: Scene): Promise<Html>
}
