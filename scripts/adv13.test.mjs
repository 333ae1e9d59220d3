import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { root } from './install.mjs'

const read = (path) => readFileSync(`${root}${path}`, 'utf8')
const packages = Object.entries(JSON.parse(read('package-lock.json')).packages).filter(([path]) => path !== '')

describe('ADV-13 what is installed', () => {
  it('is pinned with its hash, and comes from the registry alone', () => {
    const foreign = packages.filter(([, { link, resolved, integrity, inBundle }]) => {
      if (link === true || inBundle === true || resolved === undefined) return false
      return !resolved.startsWith('https://') || !/^sha512-/.test(integrity ?? '')
    })
    expect(foreign.map(([path]) => path)).toEqual([])
    expect(packages.length).toBeGreaterThan(100)
  })

  it('runs nothing while it is installed: every install of ours says so', () => {
    for (const file of ['.ci/run', 'scripts/install.mjs', 'CONTRIBUTING.md']) {
      const installs = read(file).match(/npm['"]?,? ?\[?['"]?(?:ci|install)\b[^\n]*/g) ?? []
      expect([file, installs.filter((line) => !line.includes('--ignore-scripts'))]).toEqual([file, []])
    }
    expect(read('.ci/run')).toContain('npm ci --ignore-scripts')
  })
})
