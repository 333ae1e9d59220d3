import { describe, expect, it } from 'vitest'
import {
  cycleFaults,
  faultsOf,
  findCycles,
  folderFaults,
  importsOf,
  readFolders,
  readTable,
  unusedFaults,
} from './importRules.mjs'

const page = [
  '| package | owns | does not own | may import |',
  '| --- | --- | --- | --- |',
  '| `protocol` | a | b | nothing of ours |',
  '| `node` | a | b | `protocol` |',
  '| `cli` | a | b | all of the above |',
  '',
  '- Modules in order, each may import only those before it: `auth` `bank`',
  '  `stake`.',
  '- Services share `feed` and `shared`; else none imports another. The `gateway` too.',
].join('\n')
const allowed = readTable(page)
const { order, shared } = readFolders(page)
const manifest = { dependencies: { '@starling/protocol': '0.1.0', '@starling/node': '0.1.0', lmdb: '1.0.0' } }
const check = (name, source, file = `packages/${name}/src/a/b.ts`) =>
  faultsOf({ file, source, name, allowed, manifest, tools: { vitest: '4.0.0' } })
const checkFolder = (file, specifier) =>
  folderFaults({ file: `packages/${file}`, source: `import { a } from '${specifier}'`, order, shared })

describe('the import rules', () => {
  it('are read from the table and the points below it', () => {
    expect([...allowed]).toEqual([
      ['protocol', []],
      ['node', ['protocol']],
      ['cli', ['protocol', 'node']],
    ])
    expect(order).toEqual(['auth', 'bank', 'stake'])
    expect(shared).toEqual(['feed', 'shared'])
    expect(readFolders('nothing')).toEqual({ order: [], shared: [] })
  })

  it('let pass what the table allows', () => {
    expect(check('node', "import { a } from '@starling/protocol/num/sum'\nimport '../c.ts'\n")).toEqual([])
    expect(check('cli', "import {\n  a,\n} from '@starling/node'\nexport * from './c.ts'\n")).toEqual([])
  })

  it('name file, line and what is allowed', () => {
    expect(check('protocol', "\nimport type { A } from '@starling/node'\n")).toEqual([
      'packages/protocol/src/a/b.ts:2 imports @starling/node, but ARCHITECTURE.md lets protocol import nothing of ours',
    ])
    expect(check('protocol', "const late = await import('@starling/sdk')\n")[0]).toContain('import nothing of ours')
    expect(check('node', "export { a } from '../../../protocol/src/x.ts'\n")[0]).toContain('outside its package')
    const bare = { dependencies: {} }
    const source = "import '@starling/protocol'"
    const undeclared = faultsOf({ file: 'packages/node/src/a.ts', source, name: 'node', allowed, manifest: bare })
    expect(undeclared).toEqual([expect.stringContaining('does not name @starling/protocol')])
  })

  it('read imports only', () => {
    const source =
      "export const a = 1\n// taken from 'there'\nimport {\n  type B, // why 'so'\n  c as d,\n} from './e.ts'\nexport * from \"f\""
    expect(importsOf('packages/node/src/a/b.ts', source)).toEqual([
      { specifier: './e.ts', at: 'packages/node/src/a/b.ts:6', ours: undefined, target: 'packages/node/src/a/e' },
      { specifier: 'f', at: 'packages/node/src/a/b.ts:7', ours: undefined, target: undefined },
    ])
  })

  it('want every npm package in package.json; tests may use the tools of the root', () => {
    expect(check('node', "import { open } from 'lmdb'\nimport 'lmdb/deep'\nimport { join } from 'node:path'")).toEqual(
      [],
    )
    expect(check('node', "import { it } from 'vitest'", 'packages/node/src/a.test.ts')).toEqual([])
    expect(check('node', "import { it } from 'vitest'")[0]).toContain('package.json does not name vitest')
    expect(check('node', "import { a } from '@scope/b/c.js'")[0]).toContain('does not name @scope/b')
  })
})

describe('modules', () => {
  it('import earlier modules, in both packages', () => {
    expect(checkFolder('node/src/modules/bank/send.ts', '../auth/view.ts')).toEqual([])
    expect(checkFolder('node/src/modules/bank/send.ts', './view.ts')).toEqual([])
    expect(checkFolder('node/src/modules/bank/send.ts', '../../store/store.ts')).toEqual([])
    expect(checkFolder('node/src/modules/bank/send.ts', '../stake/view.ts')).toEqual([
      'packages/node/src/modules/bank/send.ts:1 imports ../stake/view.ts, but module stake comes after bank',
    ])
    expect(checkFolder('node/src/modules/auth/view.ts', '@starling/protocol/modules/bank/keys')).toHaveLength(1)
    expect(checkFolder('protocol/src/modules/auth/keys.ts', '../bank/keys.ts')).toHaveLength(1)
  })

  it('are all in the order; tests may import any', () => {
    expect(checkFolder('node/src/modules/gov/view.ts', '../auth/view.ts')[0]).toContain('gov has no place')
    expect(checkFolder('node/src/modules/queries.ts', './gov/queries.ts')).toEqual([])
    expect(checkFolder('node/src/modules/auth/view.test.ts', '../stake/view.ts')).toEqual([])
  })
})

describe('services', () => {
  it('import no other service, only what they share', () => {
    expect(checkFolder('services/src/worker/run.ts', '../feed/createFeed.ts')).toEqual([])
    expect(checkFolder('services/src/worker/run.ts', './loop.ts')).toEqual([])
    expect(checkFolder('services/src/index.ts', './worker/run.ts')).toEqual([])
    expect(checkFolder('services/src/worker/run.ts', '../reputer/run.ts')).toEqual([
      'packages/services/src/worker/run.ts:1 imports ../reputer/run.ts, but worker may share only feed, shared',
    ])
    expect(checkFolder('services/src/shared/loop.ts', '../worker/run.ts')).toHaveLength(1)
  })
})

describe('circles', () => {
  it('are found in files, with the way round', () => {
    const source = (name) => `import { a } from '${name}'`
    const straight = [
      ['packages/node/src/a.ts', source('./b/c.ts')],
      ['packages/node/src/b/c.ts', source('../d.ts')],
    ]
    expect(cycleFaults(new Map([...straight, ['packages/node/src/d.ts', source('lmdb')]]))).toEqual([])
    expect(cycleFaults(new Map([...straight, ['packages/node/src/d.ts', source('./a.ts')]]))).toEqual([
      'packages/node/src/a.ts imports itself: packages/node/src/a.ts → packages/node/src/b/c.ts → packages/node/src/d.ts → packages/node/src/a.ts',
    ])
  })

  it('are found in graphs, each once', () => {
    const diamond = new Map([
      ['a', ['b', 'c']],
      ['b', ['d']],
      ['c', ['d']],
      ['d', []],
    ])
    expect(findCycles(diamond)).toEqual([])
    expect(findCycles(diamond.set('d', ['d']))).toEqual([['d', 'd']])
  })
})

describe('package.json', () => {
  const sources = new Map([
    ['packages/node/src/a.ts', "import { open } from 'lmdb'\nrequire('native/bindings.js')"],
    ['packages/node/src/a.test.ts', "import { oracle } from '@scope/oracle'"],
  ])
  const check = (dependencies, devDependencies) =>
    unusedFaults({ name: 'node', manifest: { dependencies, devDependencies }, sources })

  it('may name what a source uses, by import or by require', () => {
    expect(check({ lmdb: '1', native: '1' }, { '@scope/oracle': '1', '@types/lmdb': '1' })).toEqual([])
  })

  it('names nothing that no source uses, and test packages as devDependencies', () => {
    expect(check({ lm: '1', '@scope/oracle': '1' }, { other: '1' })).toEqual([
      'packages/node/package.json names lm, which no source uses',
      'packages/node/package.json names @scope/oracle, which only tests use: a devDependency',
      'packages/node/package.json names other, which no source uses',
    ])
  })
})
