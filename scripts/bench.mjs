import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { prepare, root } from './install.mjs'

// npm run bench: prints the figures of every program in bench/, or of those named on the command line.
prepare()
const wanted = process.argv.slice(2)
const programs = readdirSync(`${root}bench`).filter((file) => file.endsWith('.mjs'))
for (const file of programs.toSorted()) {
  if (wanted.length > 0 && !wanted.some((name) => file.startsWith(name))) continue
  const { status } = spawnSync(process.execPath, [`bench/${file}`], { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
