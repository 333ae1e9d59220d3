import { defineConfig } from 'vitest/config'
import root from '../vitest.config.ts'

export default defineConfig({
  ...(root.resolve === undefined ? {} : { resolve: root.resolve }),
  test: {
    include: ['e2e/**/*.test.ts'],
    globalSetup: ['e2e/harness/globalSetup.ts'],
    // Each file runs networks of its own, and one keeps a core busy.
    fileParallelism: false,
    maxConcurrency: 10,
    retry: 0,
    // For a machine that is busy with other things; nothing takes a quarter of it on a quiet one.
    testTimeout: 480_000,
    hookTimeout: 480_000,
  },
})
