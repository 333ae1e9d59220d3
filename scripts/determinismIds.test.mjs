import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import {
  digestOfTape,
  readAppVersion,
  readGolden,
  readTape,
  readVersions,
  versionFault,
  withVersion,
} from '../determinism/golden.mjs'
import { runs } from './determinismRuns.mjs'
import { root } from './install.mjs'

const HAZARDS = 24

it('DET-01 to DET-24: each hazard has a rule, a test or a run with its number', () => {
  const files = ['packages', 'scripts'].flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true })
      .filter((name) => /\.test\.(ts|mjs)$/.test(name) && !/node_modules|dist|determinismIds/.test(name))
      .map((name) => readFileSync(`${root}${folder}/${name}`, 'utf8')),
  )
  const titles = [
    ...files.flatMap((text) => text.match(/'(DET-\d\d )*DET-\d\d/g) ?? []),
    ...runs.map(({ title }) => title),
  ]
  const found = new Set(titles.flatMap((title) => title.match(/DET-\d\d/g) ?? []))
  const missing = Array.from({ length: HAZARDS }, (_, i) => `DET-${String(i + 1).padStart(2, '0')}`)
  expect(missing.filter((id) => !found.has(id))).toEqual([])
})

it('the tape is that of APP_VERSION', () => {
  const digest = digestOfTape(readTape(), readGolden())
  expect(versionFault({ appVersion: readAppVersion(), digest, versions: readVersions() })).toBeUndefined()
})

it('another tape needs another APP_VERSION, or, before anybody runs it, to be replaced on purpose', () => {
  const versions = [{ appVersion: 1, digest: 'a' }]
  expect(versionFault({ appVersion: 1, digest: 'b', versions })).toContain('needs the next APP_VERSION')
  expect(versionFault({ appVersion: 2, digest: 'b', versions })).toContain('no tape is recorded')
  expect(() => withVersion({ appVersion: 1, digest: 'b', versions, replace: false })).toThrow('Raise APP_VERSION')
  expect(withVersion({ appVersion: 1, digest: 'b', versions, replace: true })).toEqual([{ appVersion: 1, digest: 'b' }])
  expect(withVersion({ appVersion: 2, digest: 'b', versions, replace: false })).toHaveLength(2)
  const released = [{ appVersion: 1, digest: 'a', released: true }]
  expect(() => withVersion({ appVersion: 1, digest: 'b', versions: released, replace: true })).toThrow('is released')
})
