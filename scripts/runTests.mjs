import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './install.mjs'

/** Runs vitest with the given arguments, ends with the line «N passed, N failed», and sets the exit code. */
export function runTests(given) {
  const folder = mkdtempSync(join(tmpdir(), 'starling-test-'))
  const report = join(folder, 'report.json')
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]
  const { status } = spawnSync(process.execPath, [...args, ...given], { cwd: root, stdio: 'inherit' })
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
}
