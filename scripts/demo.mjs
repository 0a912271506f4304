import { build } from './build.mjs'

await build()
await import('../demo/dist/start.js')
