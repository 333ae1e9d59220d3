import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { toHex } from '@starling/protocol/bytes/hex'
import { actorsKeys } from '@starling/protocol/modules/actors/keys'
import { authKeys } from '@starling/protocol/modules/auth/keys'
import { epochsKeys } from '@starling/protocol/modules/epochs/keys'
import { mintKeys } from '@starling/protocol/modules/mint/keys'
import { paramsKeys } from '@starling/protocol/modules/params/keys'
import { rewardsKeys } from '@starling/protocol/modules/rewards/keys'
import { stakeKeys } from '@starling/protocol/modules/stake/keys'
import { synthesisKeys } from '@starling/protocol/modules/synthesis/keys'
import { topicsKeys } from '@starling/protocol/modules/topics/keys'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { LmdbBase } from '../store/lmdbBase.ts'
import type { MultiStore } from '../store/multiStore.ts'
import { openLmdbStore } from '../store/openLmdbStore.ts'
import { openMemoryStore } from '../store/openMemoryStore.ts'
import type { Application } from './application.ts'
import type { StateReader } from './context.ts'
import { createApplication } from './createApplication.ts'
import { storeNames } from './storeNames.ts'
import type { Tape } from './testing/recordTape.ts'
import { useNativeSecp256k1 } from './useNativeSecp256k1.ts'

useNativeSecp256k1()
/** The recorded chain in which everything happens. */
const [head = '', ...lines] = gunzipSync(
  readFileSync(new URL('../../../../determinism/tape.jsonl.gz', import.meta.url)),
)
  .toString()
  .trimEnd()
  .split('\n')
const { chainId, genesis }: Pick<Tape, 'chainId' | 'genesis'> = JSON.parse(head)
const appHashes = readFileSync(new URL('../../../../determinism/appHashes.txt', import.meta.url), 'utf8').split('\n')
const blocks = lines.map((line): readonly Uint8Array[] =>
  JSON.parse(line).map((text: string) => new Uint8Array(Buffer.from(text, 'base64'))),
)
const folder = mkdtempSync(join(tmpdir(), 'starling-export-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Every kind of key that a module's store may hold, by the module; those of the bank, which are no paths, stand below. */
const declared: Readonly<Record<string, Readonly<Record<string, (...args: never[]) => Uint8Array>>>> = {
  actors: { node: (address: string) => actorsKeys.node('worker', address) },
  auth: authKeys,
  epochs: epochsKeys,
  mint: mintKeys,
  params: paramsKeys,
  rewards: rewardsKeys,
  stake: stakeKeys,
  synthesis: synthesisKeys,
  topics: topicsKeys,
}

/** Kinds that the chain has at no height of an export: for a block or two only, or of records larger than any of it. */
const seldom = ['mint/start_height', 'mint/recalculation_due', 'rewards/piece']

const onDisk = (name: string): MultiStore =>
  openLmdbStore({ path: join(folder, name), names: storeNames, chainId, formatVersion: 1 }, 'at-close')

/** What a key begins with: its first word, or the byte that stands for one. */
function kindOf(store: string, key: Uint8Array): string {
  const text = Buffer.from(key).toString('latin1')
  return `${store}/${(key[0] ?? 0) < 32 ? toHex(key.subarray(0, 1)) : text.split('/')[0]}`
}

function kindsIn(state: StateReader): ReadonlySet<string> {
  const kinds = storeNames.flatMap((name) =>
    [...state.store(name).scan(new Uint8Array())].map(([key]) => kindOf(name, key)),
  )
  return new Set(kinds)
}

function exportOf(stores: MultiStore): Uint8Array {
  const chunks: Uint8Array[] = []
  stores.exportState(stores.latest().version, (chunk) => chunks.push(chunk.slice()))
  return Buffer.concat(chunks)
}

/** Plays block `height` of the tape and returns the hash after it. */
function playBlock(application: Application, height: number): string {
  const txs = blocks[height - 1] ?? []
  const { appHash } = application.finalizeBlock({ height: BigInt(height), timeMs: BigInt(height) * 1000n, txs })
  application.commit()
  return toHex(appHash)
}

describe('AUD-M10 AUD-M20 a state that is exported and taken in', () => {
  it('every fifty blocks of all kinds of messages goes on as one that never was, and loses no kind of key', () => {
    let stores: MultiStore = openMemoryStore(storeNames, { chainId })
    let application = createApplication({ stores, chainId })
    application.initChain({ chainId, appState: genesis })
    const kinds = new Set<string>()
    for (let height = 1; height <= blocks.length; height++) {
      expect([height, playBlock(application, height)]).toEqual([height, appHashes[height - 1]])
      if (height % 50 !== 0) continue
      const [before, file] = [kindsIn(stores), exportOf(stores)]
      for (const kind of before) kinds.add(kind)
      stores.close()
      stores = height % 100 === 0 ? openMemoryStore(storeNames, { chainId }) : onDisk(`moved-${height}`)
      expect(toHex(stores.importState([file]).root)).toBe(appHashes[height - 1])
      expect(kindsIn(stores)).toEqual(before)
      application = createApplication({ stores, chainId })
    }
    stores.close()
    const all = Object.entries(declared).flatMap(([name, keys]) =>
      Object.values(keys).map((key) => kindOf(name, key(...(Array.from({ length: key.length }, () => 1n) as never[])))),
    )
    const banks = ['bank/00', 'bank/02', 'bank/ledger']
    expect([...new Set([...all, ...banks])].filter((kind) => !kinds.has(kind))).toEqual(seldom)
  }, 300_000)
})

describe('AUD-M17 readers of a state on disk', () => {
  it('are all at their end after every block, however early what asked them stopped', () => {
    let open = 0
    let opened = 0
    const range = LmdbBase.prototype.range
    const counted = vi.spyOn(LmdbBase.prototype, 'range').mockImplementation(function* (this: LmdbBase, bounds) {
      open++
      opened++
      try {
        yield* range.call(this, bounds)
      } finally {
        open--
      }
    })
    const stores = onDisk('counted')
    const application = createApplication({ stores, chainId })
    application.initChain({ chainId, appState: genesis })
    for (let height = 1; height <= 200; height++) {
      playBlock(application, height)
      expect([height, open]).toEqual([height, 0])
      for (const tx of blocks[height] ?? []) application.checkTx(tx, 'new')
      expect([height, open]).toEqual([height, 0])
    }
    expect(opened).toBeGreaterThan(2000)
    counted.mockRestore()
    stores.close()
  }, 300_000)
})
