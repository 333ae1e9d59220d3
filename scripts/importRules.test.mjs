import { describe, expect, it } from 'vitest'
import { faultsOf, readTable } from './importRules.mjs'

const table = [
  '| package | owns | does not own | may import |',
  '| --- | --- | --- | --- |',
  '| `protocol` | a | b | nothing of ours |',
  '| `node` | a | b | `protocol` |',
  '| `cli` | a | b | all of the above |',
].join('\n')
const allowed = readTable(table)
const manifest = { dependencies: { '@starling/protocol': '0.1.0', '@starling/node': '0.1.0' } }
const check = (name, source, file = `packages/${name}/src/a/b.ts`) =>
  faultsOf({ file, source, name, allowed, manifest })

describe('the import rules', () => {
  it('are read from the table', () => {
    expect([...allowed]).toEqual([
      ['protocol', []],
      ['node', ['protocol']],
      ['cli', ['protocol', 'node']],
    ])
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
    const undeclared = faultsOf({
      file: 'packages/node/src/a.ts',
      source: "import '@starling/protocol'",
      name: 'node',
      allowed,
      manifest: {},
    })
    expect(undeclared[0]).toContain('does not name @starling/protocol')
  })
})
