import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openLocalNetwork, readLocalSeed } from './localNetwork.ts'

const homes: string[] = []
function newHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'starling-home-'))
  homes.push(home)
  return home
}
afterEach(() => {
  for (const home of homes.splice(0)) rmSync(home, { recursive: true })
})

describe('a local network', () => {
  it('keeps the seed that it began with', () => {
    const home = newHome()
    expect(readLocalSeed(home)).toBeUndefined()
    const { seed } = openLocalNetwork(home, { seed: undefined, reset: false })
    expect(seed).toMatch(/^[0-9a-f]{12}$/)
    expect(openLocalNetwork(home, { seed: undefined, reset: false }).seed).toBe(seed)
    expect(readLocalSeed(home)).toBe(seed)
  })

  it('refuses another seed, and begins anew with --reset', () => {
    const home = newHome()
    openLocalNetwork(home, { seed: 'one', reset: false })
    expect(() => openLocalNetwork(home, { seed: 'two', reset: false })).toThrow('began with the seed "one", not "two"')
    expect(openLocalNetwork(home, { seed: 'two', reset: true }).seed).toBe('two')
  })

  it('refuses seeds that would not print, and a damaged file, which stays', () => {
    const home = newHome()
    expect(() => openLocalNetwork(home, { seed: 'a b', reset: false })).toThrow('--seed must be')
    openLocalNetwork(home, { seed: 'one', reset: false })
    const file = join(home, 'local', 'network.json')
    writeFileSync(file, '{"seed":')
    expect(() => openLocalNetwork(home, { seed: undefined, reset: false })).toThrow('is damaged')
    expect(readFileSync(file, 'utf8')).toBe('{"seed":')
  })
})
