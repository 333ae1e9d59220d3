import { spawnSync } from 'node:child_process'
import { prepare } from './install.mjs'
import { runTests } from './runTests.mjs'

// npm run test:e2e: the tests with real processes; they need python3 beside Node. Ends with «N passed, N failed».
if (spawnSync('python3', ['--version']).status === 0) {
  prepare()
  runTests(['--config', 'e2e/vitest.config.ts', ...process.argv.slice(2)])
} else {
  process.stderr.write('The tests of Python models need python3. Install it with "apt-get install python3".\n')
  process.stdout.write('0 passed, 1 failed\n')
  process.exitCode = 1
}
