import { mkdirSync, writeFileSync } from 'node:fs'
import { build } from 'vite'
import { examplePanel } from '../packages/cli/dist/backtest/examplePanel.js'
import { root } from './install.mjs'
import { ownSources } from './ownSources.mjs'

// The table of `starling backtest --example`, which the page runs, too.
const pieces = []
for await (const piece of examplePanel(() => {})) pieces.push(piece)
mkdirSync(`${root}packages/web/dist`, { recursive: true })
writeFileSync(`${root}packages/web/dist/example.csv`, pieces.join(''))

// Builds the explorer into packages/web/dist/page: static files that name each other relatively, for any host.
await build({
  configFile: false,
  root: `${root}packages/web`,
  base: './',
  logLevel: 'warn',
  plugins: [ownSources()],
  worker: { format: 'es', plugins: () => [ownSources()] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist/page',
    emptyOutDir: true,
    target: 'es2022',
    // Parts are asked for at once, not one after the other; what else browsers need for it they have.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 600,
    // A busy machine is slow, and that is nothing to warn of.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
})
