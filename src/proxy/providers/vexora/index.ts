import { card } from './card.js'
import { taiwan } from './taiwan.js'

export type { VexoraCardOptions } from './card.js'
export type { TaiwanChannel, VexoraTaiwanOptions } from './taiwan.js'

/** Vexora's routes; each is configured by itself, with credentials of its own. */
export const vexora = { taiwan, card }
