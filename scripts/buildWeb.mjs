import { build } from 'vite'
import { root } from './install.mjs'
import { ownSources } from './ownSources.mjs'

// Builds the explorer into packages/web/dist/page: static files that name each other relatively, for any host.
await build({
  configFile: false,
  root: `${root}packages/web`,
  base: './',
  logLevel: 'warn',
  plugins: [ownSources()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist/page',
    emptyOutDir: true,
    target: 'es2022',
    // The page's policy allows no inline script, and browsers that know modules know how to preload them.
    modulePreload: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
  },
})
