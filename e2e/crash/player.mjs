// A process to be killed. It says where it stands, then goes on, and says each step when it is done.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createApplication } from '@starling/node/app/createApplication'
import { storeNames } from '@starling/node/app/storeNames'
import { useNativeSecp256k1 } from '@starling/node/app/useNativeSecp256k1'
import { createLocalEngine } from '@starling/node/engine/local/localEngine'
import { openBlockStore } from '@starling/node/engine/local/openBlockStore'
import { openValidatorKey } from '@starling/node/engine/local/openValidatorKey'
import { openLmdbStore } from '@starling/node/store/openLmdbStore'
import { readTape } from '../../determinism/golden.mjs'

const [mode, directory, file] = process.argv.slice(2)
const [first, ...lines] = readTape().trimEnd().split('\n')
const { chainId, genesis } = JSON.parse(first)
const txsOf = (height) =>
  JSON.parse(lines[Number(height) - 1]).map((text) => new Uint8Array(Buffer.from(text, 'base64')))
const hex = (bytes) => Buffer.from(bytes).toString('hex')
const say = (word, height, hash) => writeFileSync(1, `${word} ${height} ${hex(hash)}\n`)

useNativeSecp256k1()
// So few versions are kept that every commit prunes.
const identity = { path: join(directory, 'state'), names: storeNames, chainId, formatVersion: 1 }
const stores = openLmdbStore(identity, 'each-block', { keepVersions: 3, cachedNodes: 64 })
const { version, root } = stores.latest()

/** Plays the tape from where the state stands. */
function playState() {
  say('at', version, root)
  const application = createApplication({ stores, chainId })
  if (version === 0n) application.initChain({ chainId, appState: genesis })
  for (let height = version + 1n; height <= BigInt(lines.length); height += 1n) {
    const { appHash } = application.finalizeBlock({ height, timeMs: height * 1000n, txs: txsOf(height) })
    application.commit()
    say('done', height, appHash)
  }
}

/** Lets the embedded engine make blocks of the tape's transactions, as far as its mempool takes them. */
function playEngine() {
  const engine = createLocalEngine({
    application: createApplication({ stores, chainId }),
    blockStore: openBlockStore({ chainId, directory: join(directory, 'blocks') }),
    chainId,
    genesis: { appState: genesis },
    clock: () => BigInt(Date.now()),
    signer: openValidatorKey(directory),
  })
  const { height, blockHash } = engine.status()
  say('at', height, blockHash)
  for (let next = height + 1n; next <= BigInt(lines.length); next += 1n) {
    for (const tx of txsOf(next)) {
      try {
        engine.submitTx(tx)
      } catch {
        // The mempool has it already, or is full of its sender's.
      }
    }
    say('done', next, engine.mine().hash)
  }
}

/** Imports an exported state in small pieces. */
function playImport() {
  say('at', version, root)
  if (version !== 0n) return
  const bytes = readFileSync(file)
  const chunks = function* () {
    for (let at = 0; at < bytes.length; at += 4096) yield new Uint8Array(bytes.subarray(at, at + 4096))
  }
  const imported = stores.importState(chunks())
  say('done', imported.version, imported.root)
}

/** Exports the state to a file. */
function exportTo() {
  const chunks = []
  stores.exportState(version, (chunk) => chunks.push(chunk))
  writeFileSync(file, Buffer.concat(chunks))
  say('at', version, root)
}

const modes = { state: playState, engine: playEngine, import: playImport, export: exportTo }
modes[mode]()
stores.close()
say('end', lines.length, new Uint8Array())
