import { define } from './define.js'
import { PayButton } from './pay-button.js'

// The proxy serves this script, so its folder is the endpoint. The address is taken first:
// Vite reads `new URL('…', import.meta.url)` as an asset.
const address = import.meta.url
PayButton.base = new URL('.', address).href
define()
