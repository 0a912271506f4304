import { copyFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { build } from 'vite'
import webpack from 'webpack'

const HERE = dirname(fileURLToPath(import.meta.url))
const out = (name) => join(HERE, 'dist', name)
const app = (name) => join(HERE, 'apps', name)

/** React 18 in place of 19, whoever asks for it. */
const react18 = {
  resolve: {
    alias: [
      { find: /^react(?=\/|$)/, replacement: 'react-18' },
      { find: /^react-dom(?=\/|$)/, replacement: 'react-dom-18' },
    ],
  },
}

/** Vue 3.4 likewise, with its own compiler. */
const vue34 = {
  plugins: [vue({ compiler: await import('vue-3.4/compiler-sfc') })],
  resolve: { alias: [{ find: /^vue(?=\/|$)/, replacement: 'vue-3.4' }] },
}

/** Every app as its builder's own documents say; development's warnings are kept where they help. */
const development = { mode: 'development', define: { 'process.env.NODE_ENV': '"development"' } }

await viteBuild('react', { ...development }, 'react-19')
await viteBuild('react', { ...development, ...react18 }, 'react-18')
await viteBuild('options-react', development, 'options-react-19')
await viteBuild('options-react', { ...development, ...react18 }, 'options-react-18')
await viteBuild('vue', { plugins: [vue()] })
await viteBuild('vue', vue34, 'vue-3.4')
await viteBuild('options-vue', { ...development, plugins: [vue()] })
await viteBuild('options-vue', { ...development, ...vue34 }, 'options-vue-3.4')
await viteBuild('vue-ssr', { ...development, plugins: [vue()] })
await viteBuild('vue-ssr', serverOf('vue-ssr', { plugins: [vue()] }))
await viteBuild('vue-ssr', { ...development, ...vue34 }, 'vue-ssr-3.4')
await viteBuild('vue-ssr', serverOf('vue-ssr-3.4', { ...vue34, ssr: { noExternal: true } }))
await webpackBuild('webpack')
copyFileSync(join(app('webpack'), 'index.html'), join(out('webpack'), 'index.html'))

async function viteBuild(name, config, outName = name) {
  const settings = { outDir: out(outName), emptyOutDir: true, ...config.build }
  await build({
    root: app(name),
    configFile: false,
    logLevel: 'error',
    // JSX without a plugin.
    oxc: { jsx: { runtime: 'automatic' } },
    ...config,
    build: settings,
  })
}

/** The half of a page that its server runs. */
function serverOf(name, config) {
  return { ...config, build: { ssr: 'server.js', outDir: out(`${name}-server`) } }
}

function webpackBuild(name) {
  const compiler = webpack({
    mode: 'production',
    context: app(name),
    entry: './main.js',
    output: { path: out(name), filename: 'main.js', module: true, clean: true },
    experiments: { outputModule: true },
    performance: { hints: false },
  })
  return new Promise((resolve, reject) => {
    compiler.run((error, stats) => {
      if (error || stats?.hasErrors() || stats?.hasWarnings()) {
        reject(error ?? new Error(stats?.toString('errors-warnings')))
      } else resolve(undefined)
    })
  })
}
