// Transactions per second of the state machine: by stage, as CheckTx and FinalizeBlock of its interface, and the same two
// over the ABCI socket as CometBFT speaks to it. Prints figures, asserts nothing but that the transfers worked.

import { openTestChain, testActor } from '@starling/node/app/testing/testChain'
import { loadNativeSecp256k1, useNativeSecp256k1 } from '@starling/node/app/useNativeSecp256k1'
import { createAbciHandler } from '@starling/node/engine/cometbft/abciHandler'
import { startAbciServer } from '@starling/node/engine/cometbft/abciServer'
import { openAbciClient } from '@starling/node/engine/cometbft/testing/abciClient'
import { useSigner, useVerifier, verifySecp256k1 } from '@starling/protocol/crypto/secp256k1'
import { decodeTx } from '@starling/protocol/tx/decodeTx'
import { signDigest } from '@starling/protocol/tx/signDocument'
import { median, timed } from './lib/measure.mjs'
import { printTable, shorten } from './lib/report.mjs'

const TXS = 2000
const ROUNDS = 5
const CHAIN_ID = 'starling-test-1'
/** What CometBFT has under way before it waits for the answers. */
const PIPELINE = 100

const native = loadNativeSecp256k1()
if (native !== undefined) {
  // Without what a node remembers of signatures that it has checked before: each round has the same ones.
  useVerifier(native.verify)
  useSigner(native.sign)
}
const sender = testActor('sender')
const receiver = testActor('receiver')
const openChain = () => openTestChain([sender, receiver])

function makeTxs(chain) {
  const amount = [{ denom: 'uallo', amount: '1' }]
  const value = { fromAddress: sender.address, toAddress: receiver.address, amount }
  const message = { typeUrl: '/cosmos.bank.v1beta1.MsgSend', value }
  return Array.from({ length: TXS }, (_, i) => chain.sign(sender, [message], { sequence: BigInt(i) }))
}

const txs = makeTxs(openChain())
const decoded = txs.map(decodeTx)
const worked = (results) => {
  const failed = results.find(({ code }) => code !== 0)
  if (results.length !== TXS || failed !== undefined) throw new Error(failed?.log ?? 'some results are missing')
}
const block = { height: 1n, timeMs: 1000n, txs }

/** Milliseconds of a whole round, median; each round has a chain of its own. */
const direct = (round) => median(Array.from({ length: ROUNDS }, () => round(openChain())))
const checkTxs = ({ application }) => timed(() => worked(txs.map((tx) => application.checkTx(tx, 'new'))))
const finalizeBlock = ({ application }) => timed(() => worked(application.finalizeBlock(block).txResults))
// Once for nothing, until the code is compiled.
direct(checkTxs)
const stages = {
  decode: direct(() => timed(() => txs.forEach(decodeTx))),
  'signature check': direct(() =>
    timed(() => {
      for (const tx of decoded) {
        const [signer] = tx.signers
        const digest = signDigest({ ...tx, chainId: CHAIN_ID, accountNumber: 0n })
        if (!verifySecp256k1(digest, signer.signature, signer.publicKey)) throw new Error('a signature is wrong')
      }
    }),
  ),
  CheckTx: direct(checkTxs),
  FinalizeBlock: direct(finalizeBlock),
  'FinalizeBlock and Commit, in memory': direct(({ application }) =>
    timed(() => {
      worked(application.finalizeBlock(block).txResults)
      application.commit()
    }),
  ),
}
useNativeSecp256k1()
direct(finalizeBlock)
stages['FinalizeBlock, signatures checked before'] = direct(finalizeBlock)
printTable({
  title: 'Transfers a second through the state machine',
  note: `${TXS} of one sender, median of ${ROUNDS}; ${native ? 'native' : 'portable'} signature check`,
  columns: ['stage', 'transactions/s'],
  rows: Object.entries(stages).map(([stage, took]) => [stage, shorten((TXS / took) * 1000)]),
})

/** Milliseconds of a step with a client on the socket of a chain's own server; client and server share this process. */
async function overSocket(step) {
  const { application } = openChain()
  const server = await startAbciServer({
    address: { kind: 'tcp', host: '127.0.0.1', port: 0 },
    handle: createAbciHandler({ application, name: 'bench', version: '0', appVersion: 1 }),
    onFault(error) {
      throw error
    },
  })
  const client = await openAbciClient(server.address)
  const started = performance.now()
  await step(client)
  const took = performance.now() - started
  client.end()
  await server.close()
  return took
}

const checks = txs.map((tx) => ({ checkTx: { tx, type: 0 } }))
async function checkInRows(client, length) {
  const results = []
  for (let at = 0; at < TXS; at += length) {
    const asked = [...checks.slice(at, at + length), { flush: {} }]
    for (const { checkTx } of await client.ask(...asked)) if (checkTx !== undefined) results.push(checkTx)
  }
  worked(results)
}
const finalizeRequest = {
  txs,
  height: 1n,
  hash: new Uint8Array(32),
  time: { seconds: 1n, nanos: 0 },
  misbehavior: [],
  nextValidatorsHash: new Uint8Array(32),
  proposerAddress: new Uint8Array(20),
}
async function finalizeOverSocket(client) {
  const [response] = await client.ask({ finalizeBlock: finalizeRequest })
  worked(response.finalizeBlock.txResults)
}
async function echo(client) {
  for (let i = 0; i < TXS; i += 1) await client.ask({ echo: { message: '' } }, { flush: {} })
}
const socketRows = []
for (const [name, without, step] of [
  ['CheckTx, one at a time', checkTxs, (client) => checkInRows(client, 1)],
  [`CheckTx, ${PIPELINE} under way`, checkTxs, (client) => checkInRows(client, PIPELINE)],
  [`FinalizeBlock of ${TXS}`, finalizeBlock, finalizeOverSocket],
  ['an empty request (Echo)', () => 0, echo],
]) {
  const pairs = []
  for (let round = 0; round <= ROUNDS; round += 1) pairs.push([without(openChain()), await overSocket(step)])
  // The first only until the code is compiled.
  const [direct, socket] = [0, 1].map((side) => median(pairs.slice(1).map((pair) => pair[side])))
  const more = median(pairs.slice(1).map(([one, other]) => other - one))
  socketRows.push([name, ...[direct, socket, more].map((ms) => shorten((ms * 1000) / TXS))])
}
printTable({
  title: 'What the ABCI socket costs',
  note: 'TCP over loopback, client in the same process, so that its encoding and decoding count too; µs a transaction or request',
  columns: ['request', 'direct', 'over the socket', 'more'],
  rows: socketRows,
})
