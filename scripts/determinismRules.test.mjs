import { API } from 'typescript/unstable/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { determinismFaults, patternFault } from './determinismRules.mjs'
import { root } from './install.mjs'

/** Hazard, what is caught, its neighbour that passes. `text`, `list`, `map` and so on are declared for all. */
const rules = [
  ['DET-01', 'Math.exp(x)', 'Math.sqrt(x) + Math.round(x) + Math.LN2'],
  ['DET-01', 'x ** 2', 'big ** 2n'],
  ['DET-01', 'x.toString(2)', 'x.toString() + big.toString(16)'],
  ['DET-01', 'list.map(Math.abs).map(Number)', 'list.map((y) => Math.abs(y))'],
  ['DET-01', 'const { exp } = Math', 'const { length } = list'],
  ['DET-02', 'for (const key in record) void key', 'for (const key of list) void key'],
  ['DET-02', 'Object.entries(record)', 'Object.entries(record).map(([key]) => key).toSorted(byText)'],
  ['DET-02', 'for (const pair of map) void pair', 'for (const pair of table) void pair'],
  ['DET-02', '[...map.keys()]', '[...map.keys()].toSorted(byText)'],
  ['DET-02', '[...map]', '[...map].filter(([, y]) => y > x).toSorted(([a], [b]) => byText(a, b))'],
  ['DET-02', 'Array.from(map)', 'Array.from(table)'],
  ['DET-02', 'map.forEach(() => undefined)', 'list.forEach(() => undefined)'],
  ['DET-03', '[text].sort()', '[text].sort(byText)'],
  ['DET-03', 'list.toSorted()', 'list.toSorted((a, b) => a - b)'],
  ['DET-05', 'text.localeCompare(text)', 'byText(text, text)'],
  ['DET-05', 'x.toLocaleString()', 'x.toFixed(2)'],
  ['DET-05', 'text.normalize()', '({ normalize: (one: number) => one }).normalize(x)'],
  ['DET-05', 'text.toLowerCase()', 'text.slice(1)'],
  ['DET-05', 'text.trim()', "text.startsWith(' ')"],
  ['DET-05', "new Intl.Collator('tr')", 'const Intl = 1; void Intl'],
  ['DET-06', 'Buffer.from(text)', 'new TextEncoder().encode(text)'],
  ['DET-07', 'new Date()', 'type Day = Date; const day = {} as Day; void day'],
  ['DET-07', 'performance.now()', '({ now: () => 1 }).now()'],
  ['DET-07', 'process.env.HOME', 'const process = { env: 1 }; void process.env'],
  ['DET-07', 'setTimeout(() => undefined, 1)', 'const setTimeout = (): number => 1; setTimeout()'],
  ['DET-07', 'Math.random()', 'Math.min(x, 1)'],
  ['DET-07', 'crypto.getRandomValues(bytes)', 'void bytes.length'],
  ['DET-07', "import { hostname } from 'node:os'", "import { createHash } from 'node:crypto'"],
  ['DET-07', "import { randomBytes } from 'node:crypto'", "import type { Stats } from 'node:fs'"],
  ['DET-07', 'import.meta.url', 'function F(): void { void new.target }; F()'],
  ['DET-07', 'structuredClone(record)', '({ ...record })'],
  ['DET-08', 'new DataView(bytes.buffer).setFloat64(0, x)', 'new DataView(bytes.buffer).setBigUint64(0, big)'],
  ['DET-08', 'new Uint32Array(bytes.buffer)', 'new Uint8Array(bytes.buffer)'],
  ['DET-09', 'parseFloat(text)', 'const parseFloat = (): number => 1; parseFloat()'],
  ['DET-09', 'Number(text)', 'Number(big)'],
  ['DET-09', 'Number.parseInt(text, 10)', 'Number.isInteger(x)'],
  ['DET-09', '+text', '+x'],
  ['DET-09', 'BigInt(text)', 'BigInt(x)'],
  ['DET-10', 'JSON.stringify(record)', 'JSON.stringify(text)'],
  ['DET-10', 'JSON.parse(text)', '({ parse: (one: string) => one }).parse(text)'],
  ['DET-12', 'new TextDecoder().decode(bytes)', "new TextDecoder('utf-8', { fatal: true }).decode(bytes)"],
  ['DET-13', '/(a+)+$/.test(text)', '/^(-?)([0-9]+)(?:\\.([0-9]+))?$/.test(text)'],
  ['DET-13', 'const found = /a/g; found.test(text)', "text.replaceAll(/a/g, 'b')"],
  ['DET-13', 'new RegExp(text).test(text)', '/a/.test(text)'],
  [
    'DET-14',
    'function down(n: number): void { if (n > 0) down(n - 1) }',
    'const up = (n: number): number => n; up(up(1))',
  ],
  [
    'DET-14',
    'const a = (): void => b(); const b = (): void => a(); a()',
    'const a = (): void => b(); const b = (): void => {}; a()',
  ],
  ['DET-14', 'record instanceof RangeError', 'record instanceof TypeError'],
  [
    'DET-15',
    'try { byText(text, text) } catch { text }',
    'try { byText(text, text) } catch (error) { if (x > 1) throw error }',
  ],
  ['DET-15', 'new Error(text).stack', 'new Error(text).message'],
  ['DET-17', 'const later = async () => 1; void later', 'const now = () => 1; now()'],
  ['DET-17', 'Promise.resolve(1)', 'let kept: Promise<number> | undefined; kept = undefined; void kept'],
  ['DET-17', 'queueMicrotask(() => undefined)', 'byText(text, text)'],
  ['DET-17', "import('node:fs')", 'void 0'],
  ['DET-19', 'new WeakRef(record)', 'new Map([[text, record]])'],
  [
    'DET-20',
    "import { secp256k1 } from '@noble/curves/secp256k1.js'",
    "import { sha256 } from '@noble/hashes/sha2.js'",
  ],
  ['DET-07', "import '../../engine/local/mempool.ts'", "import './b.ts'"],
  ['DET-07', "export * from '../../sdk/src/a.ts'", "export type { A } from '../../sdk/src/a.ts'"],
  ['DET-07', 'list.map(() => ({ process }))', 'list.map(() => ({ bytes }))'],
  ['DET-23', "import { ulid } from 'ulid'", "import exp from '@stdlib/math-base-special-exp'"],
  ['DET-23', "import { ws } from '@starling/sdk/ws'", "import { sum } from '@starling/protocol/num/sum'"],
  ['DET-23', "eval('1')", "const evaluate = (one: string): string => one; evaluate('1')"],
]

const GIVEN = `
declare const text: string, x: number, big: bigint, list: readonly number[], bytes: Uint8Array
declare const record: Record<string, number>, map: Map<string, number>, table: ReadonlyMap<string, number>
declare const byText: (a: string, b: string) => number
export {}
`
const files = new Map()
const folder = `${root}fixtures/`
/** Registers a fixture and returns its path. */
function fixture(name, source) {
  files.set(`${folder}${name}.ts`, source + GIVEN)
  return `${folder}${name}.ts`
}

const pairs = rules.map(([id, bad, good], i) => [id, bad, fixture(`bad${i}`, bad), good, fixture(`good${i}`, good)])
const cases = {
  sameLine: fixture('sameLine', 'Math.exp(x) // determinism-allow: shown only'),
  lineBefore: fixture('lineBefore', '// determinism-allow: shown only\n// and never kept\nMath.exp(x) + Math.sin(x)'),
  wholeFile: fixture('wholeFile', '// determinism-allow-file: shown only\n\nMath.exp(x)\nMath.sin(x)'),
  tooFar: fixture('tooFar', '// determinism-allow: shown only\nMath.abs(x)\nMath.exp(x)'),
  noReason: fixture('noReason', 'Math.exp(x) // determinism-allow:'),
  unused: fixture('unused', '\nMath.abs(x) // determinism-allow: once was needed'),
  buffers: fixture(
    'buffers',
    "Buffer.alloc(8).writeDoubleBE(x)\nBuffer.from(bytes).toString('utf8')\nBuffer.from(bytes).toString('hex')",
  ),
  inCatch: fixture(
    'inCatch',
    'try {\n  byText(text, text)\n} catch {\n  // determinism-allow: only throws on text\n  void 0\n}',
  ),
  there: fixture(
    'there',
    "import { back } from './back.ts'\nexport function there(): void { back() }\nvoid map.keys()",
  ),
  back: fixture('back', "import { there } from './there.ts'\nexport const back = (): void => there()"),
}

let api
let project
beforeAll(() => {
  const compilerOptions = { target: 'es2022', lib: ['es2023'], module: 'nodenext', types: ['node'], strict: true }
  const options = { ...compilerOptions, noEmit: true, allowImportingTsExtensions: true }
  files.set(`${folder}tsconfig.json`, JSON.stringify({ compilerOptions: options, files: [...files.keys()] }))
  const fs = {
    readFile: (path) => files.get(path),
    fileExists: (path) => files.has(path) || undefined,
    directoryExists: (path) => `${path}/` === folder || undefined,
  }
  api = new API({ cwd: root, fs })
  const config = `${folder}tsconfig.json`
  project = api.updateSnapshot({ openProjects: [config] }).getProject(config)
})
afterAll(() => api.close())

const check = (path, file = 'packages/protocol/src/a.ts') => determinismFaults(project, [{ file, path }])

describe('AUD-M19 AUD-M27 AUD-M34 ADV-05 the determinism rules', () => {
  it.each(pairs)('%s catch %s', (id, _source, bad, _neighbour, good) => {
    const faults = check(bad)
    expect(faults.length).toBeGreaterThan(0)
    for (const fault of faults) expect(fault).toContain(`(${id})`)
    expect(check(good)).toEqual([])
  })

  it('name file, line, column and what is wrong', () => {
    expect(check(cases.tooFar)[1]).toBe(
      'packages/protocol/src/a.ts:3:6 Math.exp has other bits on other engines; use protocol/num/exp, products and square roots (DET-01)',
    )
  })

  it('find functions that call each other across files', () => {
    const both = ['there', 'back'].map((name) => ({ file: `packages/node/src/app/${name}.ts`, path: cases[name] }))
    expect(determinismFaults(project, both)).toEqual([
      expect.stringContaining('there.ts:2:17 there → back → there calls itself'),
      expect.stringContaining('there.ts:3:10 Map.keys iterates in the order of insertion'),
    ])
  })

  it('let numbers be read where the parsers are, and signatures be checked where the verifier is', () => {
    const at = (source) => pairs.find(([, bad]) => bad === source)?.[2]
    expect(check(at('Number(text)'), 'packages/protocol/src/num/a.ts')).toEqual([])
    const curves = "import { secp256k1 } from '@noble/curves/secp256k1.js'"
    expect(check(at(curves), 'packages/protocol/src/crypto/a.ts')).toEqual([])
    expect(check(at('Buffer.from(text)'), 'packages/node/src/store/a.ts')).toEqual([])
  })
})

describe('DET-08 DET-12 a Buffer', () => {
  it('neither writes doubles nor reads text', () => {
    expect(check(cases.buffers, 'packages/node/src/store/a.ts')).toEqual([
      expect.stringMatching(/:1:17 Buffer.writeDoubleBE .*DET-08/),
      expect.stringMatching(/:2:20 Buffer.toString .*DET-12/),
    ])
  })
})

describe('an allowance', () => {
  it.each(['sameLine', 'lineBefore', 'wholeFile', 'inCatch'])('excuses: %s', (name) => {
    expect(check(cases[name])).toEqual([])
  })

  it('must be near, have a reason and be needed', () => {
    expect(check(cases.tooFar)).toEqual([
      expect.stringContaining(':1:1 determinism-allow excuses nothing; remove it'),
      expect.stringContaining(':3:6 Math.exp'),
    ])
    expect(check(cases.noReason)).toEqual([expect.stringContaining('gives no reason')])
    expect(check(cases.unused)).toEqual([expect.stringContaining(':2:1 determinism-allow excuses nothing')])
  })
})

describe('DET-13 a pattern', () => {
  it.each(['(a+)+', '(a|aa)*', '((a*)b)+', '(?:x{1,3})+', '(?<n>a?)*', '(a)\\1', '\\p{L}', '\\s'])(
    '%s is refused',
    (pattern) => {
      expect(patternFault(pattern, 'u')).toBeDefined()
    },
  )

  it.each(['^[a-z0-9_.-]{1,64}$', '(a|b)?c+', '(?:,[0-9]{3})+', '[(+*)]+', '\\(\\+\\)'])('%s passes', (pattern) => {
    expect(patternFault(pattern, '')).toBeUndefined()
  })

  it('ignores case in ASCII only', () => {
    expect(patternFault('[a-z]', 'i')).toBeUndefined()
    expect(patternFault('[a-z]', 'iu')).toBeDefined()
    expect(patternFault('ä', 'i')).toBeDefined()
  })
})
