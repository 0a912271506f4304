import { fileURLToPath } from 'node:url'

export default {
  // It holds a native module, which no bundler can take in.
  serverExternalPackages: ['pay-button-proxy'],
  turbopack: { root: fileURLToPath(new URL('../..', import.meta.url)) },
}
