import { spawnSync } from 'node:child_process'
import { prepare, root } from './install.mjs'

// npm run check: format, lint, imports, determinism of consensus code, types of sources and tests, under a minute.
prepare()
const steps = [
  ['format and lint', 'node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'],
  ['imports', 'scripts/checkImports.mjs'],
  ['determinism', 'scripts/checkDeterminism.mjs'],
  ['table of security', 'scripts/securityTable.mjs', '--check'],
  ['types of tests', 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.test.json'],
]
for (const [name, ...args] of steps) {
  const started = Date.now()
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
  process.stdout.write(`${status === 0 ? 'ok' : 'FAILED'}  ${name}  ${((Date.now() - started) / 1000).toFixed(1)} s\n`)
  if (status !== 0) process.exitCode = 1
}
