import { dirname, join, relative } from 'node:path/posix'

// Rules of imports: the table, the order of modules and the services' common folders in ARCHITECTURE.md, and each
// package's own package.json.
const FROM = /^(?:import|export)\s(?:[\w$*{},\s]|\/\/.*\n)*?\bfrom ['"]([^'"]+)['"]/gm
const BARE = /(?:^import |\bimport\()['"]([^'"]+)['"]/gm

/** True for files that only tests use. */
export const isTestFile = (file) => /\.test\.ts$|\/testing\/|\/test\//.test(file)

/** What each package may import of ours, from the table's first and last column. */
export function readTable(markdown) {
  const allowed = new Map()
  for (const line of markdown.split('\n')) {
    const cells = line.split('|').map((cell) => cell.trim())
    const [name] = /^`([a-z]+)`$/.exec(cells[1] ?? '')?.slice(1) ?? []
    if (name === undefined) continue
    const last = cells[4] ?? ''
    allowed.set(name, last === 'all of the above' ? [...allowed.keys()] : namesIn(last))
  }
  return allowed
}

/** The order of modules and the folders that services share, from the two points that begin so. */
export function readFolders(markdown) {
  const [, modules = ''] = /^- Modules in order, [^:]*:(.*?)\.$/ms.exec(markdown) ?? []
  const [, shared = ''] = /^- Services share (.*?)[;.]/ms.exec(markdown) ?? []
  return { order: namesIn(modules), shared: namesIn(shared) }
}

const namesIn = (text) => Array.from(text.matchAll(/`([a-z]+)`/g), ([, name]) => name)

/** Everything a source imports, with its line and, for our own files, the path without its ending. */
export function importsOf(file, source) {
  return [...source.matchAll(FROM), ...source.matchAll(BARE)].map((match) => {
    const [, specifier] = match
    const end = match.index + match[0].length
    const [, ours, inside = 'index'] = /^@starling\/([a-z]+)(?:\/(.+))?$/.exec(specifier) ?? []
    const own = specifier.startsWith('.') ? join(dirname(file), specifier).replace(/\.tsx?$/, '') : undefined
    const target = ours === undefined ? own : `packages/${ours}/src/${inside}`
    return { specifier, at: `${file}:${source.slice(0, end).split('\n').length}`, ours, target }
  })
}

/** The npm package that a specifier names; nothing for a file beside and for Node.js itself. */
export function packageOf(specifier) {
  if (/^(\.|node:)/.test(specifier)) return undefined
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** Faults of one file against the table and package.json, as sentences. `tools` are the root's devDependencies. */
export function faultsOf({ file, source, name, allowed, manifest, tools = {} }) {
  const may = allowed.get(name) ?? []
  const declared = { ...manifest.dependencies, ...(isTestFile(file) ? { ...manifest.devDependencies, ...tools } : {}) }
  const home = file.startsWith(`packages/${name}/src/`) ? `packages/${name}/src` : `packages/${name}`
  return importsOf(file, source).flatMap(({ specifier, at, ours, target }) => {
    const wanted = packageOf(specifier)
    const isOutside = ours === undefined && target !== undefined && relative(home, target).startsWith('..')
    const isForbidden = ours !== undefined && !may.includes(ours)
    const isUndeclared = wanted !== undefined && declared[wanted] === undefined
    const list = may.join(', ') || 'nothing of ours'
    return [
      ...(isOutside ? [`${at} imports ${specifier}, which is outside its package`] : []),
      ...(isForbidden ? [`${at} imports ${specifier}, but ARCHITECTURE.md lets ${name} import ${list}`] : []),
      ...(isUndeclared
        ? [`${at} imports ${specifier}, but packages/${name}/package.json does not name ${wanted}`]
        : []),
    ]
  })
}

/** Faults of one file against the order of modules and the separation of services. Tests may import all. */
export function folderFaults({ file, source, order, shared }) {
  if (isTestFile(file)) return []
  const moduleOf = (path) => /^packages\/(?:protocol|node)\/src\/modules\/([A-Za-z]+)\//.exec(path)?.[1]
  const serviceOf = (path) => /^packages\/services\/src\/([A-Za-z]+)\//.exec(path)?.[1]
  const [here, service] = [moduleOf(file), serviceOf(file)]
  if (here !== undefined && !order.includes(here)) return [`${file}: module ${here} has no place in ARCHITECTURE.md`]
  return importsOf(file, source).flatMap(({ specifier, at, target = '' }) => {
    const [other, neighbour] = [moduleOf(target), serviceOf(target)]
    const isLater = here !== undefined && other !== undefined && order.indexOf(other) > order.indexOf(here)
    const isForeign = service !== undefined && neighbour !== undefined && service !== neighbour
    return [
      ...(isLater ? [`${at} imports ${specifier}, but module ${other} comes after ${here}`] : []),
      ...(isForeign && !shared.includes(neighbour)
        ? [`${at} imports ${specifier}, but ${service} may share only ${shared.join(', ')}`]
        : []),
    ]
  })
}

/** Files of one package that import each other in a circle, as sentences; `sources` has each file's text. */
export function cycleFaults(sources) {
  const edges = new Map(
    Array.from(sources, ([file, source]) => [
      file,
      importsOf(file, source)
        .flatMap(({ target }) => [`${target}.ts`, `${target}.tsx`])
        .filter((target) => sources.has(target)),
    ]),
  )
  return findCycles(edges).map((cycle) => `${cycle[0]} imports itself: ${cycle.join(' → ')}`)
}

/** Packages that package.json names and no source uses, or tests only, as sentences. */
export function unusedFaults({ name, manifest, sources }) {
  const uses = (dependency, files) => {
    const plain = dependency.replace(/^@types\//, '')
    const quoted = new RegExp(`['"]${plain.replaceAll('.', '\\.')}['"/]`)
    return files.some(([, source]) => quoted.test(source))
  }
  const all = [...sources]
  const running = all.filter(([file]) => !isTestFile(file))
  const place = `packages/${name}/package.json names`
  return [
    ...Object.keys(manifest.dependencies ?? {}).flatMap((dependency) => {
      if (uses(dependency, running)) return []
      const isTested = uses(dependency, all)
      return [`${place} ${dependency}, ${isTested ? 'which only tests use: a devDependency' : 'which no source uses'}`]
    }),
    ...Object.keys(manifest.devDependencies ?? {}).flatMap((dependency) =>
      uses(dependency, all) ? [] : [`${place} ${dependency}, which no source uses`],
    ),
  ]
}

/** Cycles of a graph from each node to those it points to, each as the way round: first and last are the same. */
export function findCycles(edges) {
  const cycles = []
  const done = new Set()
  const path = []
  const visit = (node) => {
    const at = path.indexOf(node)
    if (at >= 0) cycles.push([...path.slice(at), node])
    if (at >= 0 || done.has(node)) return
    path.push(node)
    for (const next of edges.get(node) ?? []) visit(next)
    path.pop()
    done.add(node)
  }
  for (const node of edges.keys()) visit(node)
  return cycles
}
