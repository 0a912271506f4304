import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The pages of the demo that are made with React and Vue, as their merchants build them. */
export default defineConfig({
  root: at('shop/embeds/client'),
  base: '/embeds/apps/',
  plugins: [vue()],
  oxc: { jsx: { runtime: 'automatic' } },
  // They say what is used wrongly, and only there React's strict mode mounts everything twice.
  define: { 'process.env.NODE_ENV': '"development"' },
  build: {
    target: 'es2022',
    outDir: at('dist/shop/embeds/apps'),
    emptyOutDir: true,
    minify: false,
    rolldownOptions: {
      input: { react: at('shop/embeds/client/react.tsx'), vue: at('shop/embeds/client/vue.ts') },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      // How long a plugin takes is no fault of the pages.
      checks: { bundlerTimings: false },
      // Next.js reads `'use client'`; a bundle without a server has no use for it.
      onwarn: (warning, warn) => {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning)
      },
    },
  },
})
