import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const packages = fileURLToPath(new URL('./packages/', import.meta.url))

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@starling\/([a-z]+)$/, replacement: `${packages}$1/src/index.ts` },
      { find: /^@starling\/([a-z]+)\/(.+)$/, replacement: `${packages}$1/src/$2.ts` },
    ],
  },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'packages/*/test/**/*.test.ts',
      'scripts/*.test.mjs',
      'attacks/*.test.mjs',
    ],
    retry: 0,
    // For a machine that is busy with other things.
    testTimeout: 240_000,
    hookTimeout: 240_000,
  },
})
