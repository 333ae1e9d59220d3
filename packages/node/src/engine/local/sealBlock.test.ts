import { equalBytes } from '@starling/protocol/bytes/compareBytes'
import type { BlockId, Commit } from '@starling/protocol/proof/cometTypes'
import { encodeBlock } from '@starling/protocol/proof/encodeBlock'
import { commitHash } from '@starling/protocol/proof/encodeCommit'
import { headerHash } from '@starling/protocol/proof/headerHash'
import { partSetHeader } from '@starling/protocol/proof/partSetHeader'
import { resultsHash } from '@starling/protocol/proof/resultsHash'
import { verifyCommit } from '@starling/protocol/proof/verifyCommit'
import { expect, test } from 'vitest'
import { toHeader, toTime } from './blockHeader.ts'
import { createBlockSigner } from './blockSigner.ts'
import { commitAt, lastCommitOf } from './commits.ts'
import { createLocalEngine, type LocalEngine } from './localEngine.ts'
import { openBlockStore } from './openBlockStore.ts'
import { createKvApplication, emptyDisk } from './testing/kvApplication.ts'

const signer = createBlockSigner(new Uint8Array(32).fill(1))

function open(disk = emptyDisk(), blockStore = openBlockStore({ chainId: 'c' }), key = signer) {
  const application = createKvApplication(disk)
  const genesis = { appState: {} }
  let now = 1000n
  const clock = () => {
    now += 250n
    return now
  }
  const engine = createLocalEngine({ application, blockStore, chainId: 'c', genesis, clock, signer: key })
  return { disk, blockStore, application, engine }
}

const mineFour = (engine: LocalEngine): void => {
  for (const n of [1, 2, 3, 4]) {
    engine.submitTx(new Uint8Array(Buffer.from(`A/${n}/x=${n}`)))
    engine.mine()
  }
}

function verify(engine: LocalEngine, height: bigint, commit: Commit): void {
  const block = engine.store.summary(height)
  if (block === undefined) throw new Error(`There is no block ${height}.`)
  const blockId: BlockId = { hash: block.hash, parts: block.parts }
  verifyCommit({ chainId: 'c', height, blockId, commit, validators: [engine.validator] })
}

test('each block names the one before, its results and its commit, and hashes as CometBFT does', () => {
  const { engine } = open()
  mineFour(engine)
  for (const height of [1n, 2n, 3n, 4n]) {
    const block = engine.store.block(height)
    if (block === undefined) throw new Error(`There is no block ${height}.`)
    const { header, txs, hash, parts, size } = block
    const lastCommit = lastCommitOf(block)
    const encoded = encodeBlock({ header: toHeader(header), txs, lastCommit })
    expect({ hash, parts, size }).toEqual({
      hash: headerHash(toHeader(header)),
      parts: partSetHeader(encoded),
      size: encoded.length,
    })
    const last = engine.store.block(height - 1n)
    expect(header.lastBlockId.hash).toEqual(last?.hash ?? new Uint8Array())
    expect(header.lastResultsHash).toEqual(resultsHash(last?.results.txResults ?? []))
    expect(header.lastCommitHash).toEqual(commitHash(lastCommit))
    if (last !== undefined) expect(header.appHash).toEqual(last.results.appHash)
  }
})

test("commits verify at every height; a canonical one has the next header's time", () => {
  const { engine } = open()
  mineFour(engine)
  for (const height of [1n, 2n, 3n, 4n]) {
    const found = commitAt(engine.store, height)
    if (found === undefined) throw new Error(`There is no commit ${height}.`)
    verify(engine, height, found.commit)
    expect(found.isCanonical).toBe(height < 4n)
    const [signature] = found.commit.signatures
    const next = engine.store.summary(height + 1n)
    if (next !== undefined) expect(signature?.time).toEqual(toTime(next.header.timeMs))
  }
  expect(commitAt(engine.store, 0n)).toBeUndefined()
  expect(commitAt(engine.store, 5n)).toBeUndefined()
})

test('after a crash the stored block is used again: no height is signed for two blocks', () => {
  const { disk, blockStore, application, engine } = open()
  engine.mine()
  application.fail = (call) => call === 'commit'
  expect(() => engine.mine()).toThrow(/halted/)
  const signed = blockStore.block(2n)
  const again = open(disk, blockStore).engine
  expect(again.store.block(2n)).toEqual(signed)
  const next = again.mine()
  expect(next.header.height).toBe(3n)
  expect(equalBytes(next.header.lastBlockId.hash, signed?.hash ?? new Uint8Array())).toBe(true)
  verify(again, 2n, lastCommitOf(next))
})

test('another key than the one that signed the stored blocks is refused', () => {
  const { disk, blockStore, engine } = open()
  engine.mine()
  const stranger = createBlockSigner(new Uint8Array(32).fill(2))
  expect(() => open(disk, blockStore, stranger)).toThrow(/signed by validator [0-9A-F]{40}.*Restore the key file/)
})
