import { customElementJetBrainsPlugin } from 'custom-element-jet-brains-integration'
import { customElementVsCodePlugin } from 'custom-element-vs-code-integration'
import { attributeTypes } from './scripts/attribute-types.mjs'
import { frameworkTypes, publicOnly } from './scripts/framework-types.mjs'

const OUT = 'dist/manifest'

export default {
  globs: ['src/button/pay-button.ts', 'src/button/events/*.ts'],
  outdir: OUT,
  packagejson: false,
  litelement: true,
  plugins: [
    publicOnly(),
    attributeTypes(),
    frameworkTypes(),
    customElementVsCodePlugin({ outdir: OUT, hideLogs: true }),
    customElementJetBrainsPlugin({ outdir: OUT, packageJson: false, hideLogs: true }),
  ],
}
