import { existsSync, readdirSync } from 'node:fs'
import { API } from 'typescript/unstable/sync'
import { determinismFaults } from './determinismRules.mjs'
import { CONSENSUS_FOLDERS } from './determinismTable.mjs'
import { root } from './install.mjs'

// Fails where consensus code uses what could differ between two machines. `// determinism-allow: reason` excuses a line,
// `// determinism-allow-file: reason` a file.
const IS_LEFT_OUT = /\.test\.ts$|(^|\/)testing\/|(^|\/)gen\//

function filesOf(folder) {
  if (!existsSync(`${root}${folder}`)) return []
  return readdirSync(`${root}${folder}`, { recursive: true })
    .map((entry) => entry.replaceAll('\\', '/'))
    .filter((entry) => entry.endsWith('.ts') && !IS_LEFT_OUT.test(entry))
    .sort()
    .map((entry) => ({ file: `${folder}${entry}`, path: `${root}${folder}${entry}` }))
}

const api = new API({ cwd: root })
const configOf = (name) => `${root}packages/${name}/tsconfig.json`
const names = ['protocol', 'node']
const snapshot = api.updateSnapshot({ openProjects: names.map(configOf) })
const faults = []
let count = 0
for (const name of names) {
  const files = CONSENSUS_FOLDERS.filter((folder) => folder.startsWith(`packages/${name}/`)).flatMap(filesOf)
  count += files.length
  faults.push(...determinismFaults(snapshot.getProject(configOf(name)), files))
}
api.close()
for (const fault of faults) process.stderr.write(`${fault}\n`)
process.stdout.write(`determinism of ${count} files, ${faults.length} faults\n`)
process.exitCode = faults.length === 0 && count > 0 ? 0 : 1
