import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toHex } from '@starling/protocol/bytes/hex'
import { expect, it } from 'vitest'
import { createDice } from '../app/testing/dice.ts'
import { openLmdbStore } from './openLmdbStore.ts'
import { openMemoryStore } from './openMemoryStore.ts'

it('DET-22 memory and disk agree on roots and order over 20,000 writes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'starling-det22-'))
  const names = ['auth', 'bank']
  const states = [
    openMemoryStore(names),
    openLmdbStore({ path: join(folder, 'state'), names, chainId: 'det-1', formatVersion: 1 }, 'at-close'),
  ]
  const roll = createDice(22)
  try {
    for (let version = 1n; version <= 40n; version++) {
      for (let i = 0; i < 500; i++) {
        const name = names[roll(2)] ?? ''
        const [key, value] = [Uint8Array.of(roll(8), roll(256)), Uint8Array.of(roll(256))]
        const isPut = roll(3) > 0
        for (const state of states) isPut ? state.store(name).put(key, value) : state.store(name).delete(key)
      }
      const [one, two] = states.map((state) => toHex(state.commit(version).root))
      expect(one).toBe(two)
      const [first, second] = states.map((state) => [...state.store('bank').scan(new Uint8Array())].map(String))
      expect(first).toEqual(second)
    }
  } finally {
    for (const state of states) state.close()
    rmSync(folder, { recursive: true })
  }
})
