import { dirname, relative, resolve } from 'node:path'

// Rules of imports between our packages: the table in ARCHITECTURE.md and each package's own package.json.
const SPECIFIER = /^(?:import|export)\b[^'"]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm

/** What each package may import of ours, from the table's first and last column. */
export function readTable(markdown) {
  const allowed = new Map()
  for (const line of markdown.split('\n')) {
    const cells = line.split('|').map((cell) => cell.trim())
    const [name] = /^`([a-z]+)`$/.exec(cells[1] ?? '')?.slice(1) ?? []
    if (name === undefined) continue
    const last = cells[4] ?? ''
    const named = Array.from(last.matchAll(/`([a-z]+)`/g), ([, other]) => other)
    allowed.set(name, last === 'all of the above' ? [...allowed.keys()] : named)
  }
  return allowed
}

/** The faults of one source file, as sentences. `manifest` is its package.json. */
export function faultsOf({ file, source, name, allowed, manifest }) {
  const faults = []
  const isTest = /\.test\.ts$|\/testing\//.test(file)
  const declared = { ...manifest.dependencies, ...(isTest ? manifest.devDependencies : {}) }
  for (const match of source.matchAll(SPECIFIER)) {
    const specifier = match[1] ?? match[2] ?? match[3]
    const at = `${file}:${source.slice(0, match.index).split('\n').length}`
    if (specifier.startsWith('.')) {
      const target = relative(`packages/${name}/src`, resolve('/', dirname(file), specifier).slice(1))
      if (target.startsWith('..')) faults.push(`${at} imports ${specifier}, which is outside its package`)
    }
    const [, ours] = /^@starling\/([a-z]+)/.exec(specifier) ?? []
    if (ours === undefined) continue
    const may = allowed.get(name) ?? []
    if (!may.includes(ours)) {
      faults.push(
        `${at} imports ${specifier}, but ARCHITECTURE.md lets ${name} import ${may.join(', ') || 'nothing of ours'}`,
      )
    }
    if (declared[`@starling/${ours}`] === undefined) {
      faults.push(`${at} imports ${specifier}, but packages/${name}/package.json does not name @starling/${ours}`)
    }
  }
  return faults
}
