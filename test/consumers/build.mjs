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
const REACT_18 = [
  { find: /^react(?=\/|$)/, replacement: 'react-18' },
  { find: /^react-dom(?=\/|$)/, replacement: 'react-dom-18' },
]

/** Every app as its builder's own documents say; development's warnings are kept where they help. */
const development = { mode: 'development', define: { 'process.env.NODE_ENV': '"development"' } }

await viteBuild('react', { ...development }, 'react-19')
await viteBuild('react', { ...development, resolve: { alias: REACT_18 } }, 'react-18')
await viteBuild('vue', { plugins: [vue()] })
await viteBuild('vue-ssr', { ...development, plugins: [vue()] })
await viteBuild('vue-ssr', {
  plugins: [vue()],
  build: { ssr: 'server.js', outDir: out('vue-ssr-server') },
})
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
