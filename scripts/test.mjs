import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepare, root } from './install.mjs'

// npm test: installs and builds what is missing, runs every test, ends with «N passed, N failed».
prepare()
const folder = mkdtempSync(join(tmpdir(), 'starling-test-'))
const report = join(folder, 'report.json')
const args = [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
]
const { status } = spawnSync(process.execPath, [...args, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
const {
  numPassedTests: passed,
  numFailedTests,
  numFailedTestSuites,
  success,
} = JSON.parse(readFileSync(report, 'utf8'))
rmSync(folder, { recursive: true })
const failed = numFailedTests === 0 && !success ? Math.max(1, numFailedTestSuites) : numFailedTests
process.stdout.write(`${passed} passed, ${failed} failed\n`)
process.exitCode = status === 0 && failed === 0 && passed > 0 ? 0 : 1
