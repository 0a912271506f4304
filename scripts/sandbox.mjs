import { buildOrExit } from './build.mjs'

await buildOrExit()
await import('../demo/dist/sandbox/main.js')
