import { listedChingChingPay } from './chingchingpay/environment.js'
import type { ListedProvider } from './listed-provider.js'
import { listedPayCools } from './paycools/environment.js'
import { listedCard, listedTaiwan } from './vexora/environment.js'

/** Every provider that the program can be configured with, in the order of their channels. */
export const LISTED: readonly ListedProvider[] = [
  listedTaiwan,
  listedCard,
  listedPayCools,
  listedChingChingPay,
]
