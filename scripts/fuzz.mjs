import { spawnSync } from 'node:child_process'
import { prepare, root } from './install.mjs'

// npm run fuzz: a million mutated transactions; --count N, --from ROUND and --seed N choose others. Ends with «N passed, N failed».
prepare()
const { status } = spawnSync(process.execPath, ['fuzz/run.mjs', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
})
process.exitCode = status ?? 1
