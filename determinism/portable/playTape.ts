import { fromBase64 } from '@starling/protocol/bytes/base64'
import { toHex } from '@starling/protocol/bytes/hex'
import { useVerifier, verifyPortable } from '@starling/protocol/crypto/secp256k1'
import type { Application } from '../../packages/node/src/app/application.ts'
import { createApplication } from '../../packages/node/src/app/createApplication.ts'
import { storeNames } from '../../packages/node/src/app/storeNames.ts'
import { createDice, shuffled } from '../../packages/node/src/app/testing/dice.ts'
import { openMemoryStore } from '../../packages/node/src/store/openMemoryStore.ts'
import { createDigest } from './bits.ts'
import type { Given } from './given.ts'

type Head = { readonly chainId: string; readonly genesis: Record<string, unknown>; readonly forged: readonly string[] }

/** What playing a tape gives. */
export type Played = { readonly appHashes: readonly string[]; readonly results: string; readonly signatures: number }

const QUERIES = ['/store/bank/key', '/store/topics/key', '/nonsense', '/emissions.v10.QueryService/GetParams']

/** Plays a tape block by block; gives each app hash and a digest of all results (code, gas, data, events). */
export function playTape({ tape, checkEvery, blocks, seed }: Given): Played {
  const [first = '', ...lines] = tape.trimEnd().split('\n')
  const { chainId, genesis, forged } = JSON.parse(first) as Head
  const roll = seed === undefined ? undefined : createDice(seed)
  const names = roll === undefined ? storeNames : shuffled(storeNames, roll)
  const application = createApplication({ stores: openMemoryStore(names), chainId })
  application.initChain({ chainId, appState: roll === undefined ? genesis : inOtherOrder(genesis, roll) })
  const results = createDigest()
  const appHashes: string[] = []
  const wrong = new Set(forged)
  let signatures = 0
  for (const [i, line] of lines.slice(0, blocks).entries()) {
    const txs = (JSON.parse(line) as string[]).map((text) => fromBase64(text) ?? new Uint8Array())
    const height = BigInt(i + 1)
    const isChecked = i % checkEvery === 0
    useVerifier((digest, signature, publicKey) => {
      if (!isChecked) return !wrong.has(toHex(signature))
      signatures += 1
      return verifyPortable(digest, signature, publicKey)
    })
    if (roll !== undefined) disturb(application, txs, roll)
    const { txResults, events, appHash } = application.finalizeBlock({ height, timeMs: height * 1000n, txs })
    application.commit()
    appHashes.push(toHex(appHash))
    // Logs are for people: they may differ between engines, and no hash covers them.
    results.add([txResults.map(({ log: _log, ...result }) => result), events])
  }
  return { appHashes, results: results.hex(), signatures }
}

/** The same JSON with the keys of each object in another order. */
function inOtherOrder(value: unknown, roll: (bound: number) => number): unknown {
  if (Array.isArray(value)) return value.map((one) => inOtherOrder(one, roll))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, part]) => [key, inOtherOrder(part, roll)] as const)
  return Object.fromEntries(shuffled(entries, roll))
}

/** What a node does between two blocks, each its own: checks of transactions, proposals, queries. */
function disturb(application: Application, txs: readonly Uint8Array[], roll: (bound: number) => number): void {
  for (const tx of shuffled(txs, roll).slice(0, roll(3))) application.checkTx(tx, roll(2) === 0 ? 'new' : 'recheck')
  for (let i = roll(3); i > 0; i--) {
    const path = QUERIES[roll(QUERIES.length)] ?? ''
    application.query({ path, data: Uint8Array.of(roll(256)), height: 0n, prove: false })
  }
}
