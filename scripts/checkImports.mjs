import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { cycleFaults, faultsOf, folderFaults, readFolders, readTable, unusedFaults } from './importRules.mjs'
import { root } from './install.mjs'

// Fails where the code imports what ARCHITECTURE.md or a package.json does not allow, or in a circle.
const read = (path) => readFileSync(`${root}${path}`, 'utf8')

/** Texts of a package's own files by their path. */
function sourcesOf(name) {
  const folders = ['src', 'bin', 'test'].map((folder) => `packages/${name}/${folder}`)
  const files = folders
    .filter((folder) => existsSync(`${root}${folder}`))
    .flatMap((folder) => readdirSync(`${root}${folder}`, { recursive: true }).map((entry) => `${folder}/${entry}`))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.(ts|tsx|js|mjs)$/.test(file))
    .sort()
  return new Map(files.map((file) => [file, read(file)]))
}

const architecture = read('ARCHITECTURE.md')
const allowed = readTable(architecture)
const { order, shared } = readFolders(architecture)
const { devDependencies: tools } = JSON.parse(read('package.json'))
const faults = []
if (order.length === 0) faults.push('ARCHITECTURE.md names no order of modules')
if (shared.length === 0) faults.push('ARCHITECTURE.md does not say what services share')
let files = 0
for (const name of readdirSync(`${root}packages`)) {
  const manifest = JSON.parse(read(`packages/${name}/package.json`))
  const sources = sourcesOf(name)
  files += sources.size
  if (!allowed.has(name)) faults.push(`packages/${name} is missing in the table of ARCHITECTURE.md`)
  for (const [file, source] of sources) {
    faults.push(...faultsOf({ file, source, name, allowed, manifest, tools }))
    faults.push(...folderFaults({ file, source, order, shared }))
  }
  faults.push(...cycleFaults(sources), ...unusedFaults({ name, manifest, sources }))
}
for (const fault of faults) process.stderr.write(`${fault}\n`)
process.stdout.write(`imports of ${files} files, ${faults.length} faults\n`)
process.exitCode = faults.length === 0 && files > 0 ? 0 : 1
