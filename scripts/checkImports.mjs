import { readdirSync, readFileSync } from 'node:fs'
import { faultsOf, readTable } from './importRules.mjs'
import { root } from './install.mjs'

// Fails where the code imports what ARCHITECTURE.md does not allow.
const read = (path) => readFileSync(`${root}${path}`, 'utf8')
const allowed = readTable(read('ARCHITECTURE.md'))
const faults = []
let files = 0
for (const name of readdirSync(`${root}packages`)) {
  const manifest = JSON.parse(read(`packages/${name}/package.json`))
  if (!allowed.has(name)) faults.push(`packages/${name} is missing in the table of ARCHITECTURE.md`)
  for (const entry of readdirSync(`${root}packages/${name}/src`, { recursive: true })) {
    if (!entry.endsWith('.ts')) continue
    files += 1
    const file = `packages/${name}/src/${entry}`
    faults.push(...faultsOf({ file, source: read(file), name, allowed, manifest }))
  }
}
for (const fault of faults) process.stderr.write(`${fault}\n`)
process.stdout.write(`imports of ${files} files, ${faults.length} faults\n`)
process.exitCode = faults.length === 0 && files > 0 ? 0 : 1
