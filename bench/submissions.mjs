// Worker submissions per second as the state machine executes them, by stage, and whole epochs per second without HTTP.
// Prints figures, asserts nothing but that the submissions were taken.

import { openTestChain, testActor } from '@starling/node/app/testing/testChain'
import { messages } from '@starling/node/app/testing/testMessages'
import { useNativeSecp256k1 } from '@starling/node/app/useNativeSecp256k1'
import { getNextEpoch } from '@starling/node/modules/topics/view'
import { verifySecp256k1 } from '@starling/protocol/crypto/secp256k1'
import { devnetGenesis } from '@starling/protocol/presets/devnetGenesis'
import { decodeTx } from '@starling/protocol/tx/decodeTx'
import { signDigest } from '@starling/protocol/tx/signDocument'
import { median } from './lib/measure.mjs'
import { printTable, shorten } from './lib/report.mjs'

const WORKERS = 256
const EPOCHS = 12
const CHAIN_ID = 'starling-test-1'
const ALLO = 10n ** 18n

const native = useNativeSecp256k1()

/** A chain with topics, their workers and three reputers each; every actor's sequence is kept. */
function openNetwork(topics, workersPerTopic) {
  const creator = testActor('creator')
  const workers = Array.from({ length: topics * workersPerTopic }, (_, i) => testActor(`worker ${i}`))
  const reputers = Array.from({ length: 3 }, (_, i) => testActor(`reputer ${i}`))
  const actors = [creator, ...workers, ...reputers]
  const chain = openTestChain(actors, 10n ** 24n, devnetGenesis)
  const sequences = new Map()
  let height = 0n
  const sign = (actor, ...list) => {
    const sequence = sequences.get(actor.address) ?? 0n
    sequences.set(actor.address, sequence + 1n)
    return chain.sign(actor, list, { sequence })
  }
  const block = (txs) => {
    const started = performance.now()
    const { txResults } = chain.block(...txs)
    height += 1n
    const failed = txResults.find(({ code }) => code !== 0)
    if (failed !== undefined) throw new Error(failed.log)
    return (performance.now() - started) / 1000
  }
  const ids = Array.from({ length: topics }, (_, i) => BigInt(i + 1))
  const topicOf = (i) => BigInt((i % topics) + 1)
  block([sign(creator, ...ids.map((id) => messages.createTopic(creator, { name: `topic ${id}` })))])
  block([
    ...workers.map((worker, i) => sign(worker, messages.register(worker, topicOf(i)))),
    ...reputers.map((reputer) => sign(reputer, ...ids.map((id) => messages.register(reputer, id, true)))),
  ])
  block(reputers.map((reputer) => sign(reputer, ...ids.map((id) => messages.addStake(reputer, id, 1000n * ALLO)))))
  const first = getNextEpoch(chain.stores, 1n)
  while (height < first) block([])
  return { first, chain, workers, reputers, ids, topicOf, sign, block, height: () => height }
}

/** Predictions of everybody for the epoch that has just opened. */
function submissions({ workers, topicOf, sign, height }) {
  const nonce = height()
  return workers.map((worker, i) =>
    sign(worker, messages.infer(worker, topicOf(i), nonce, `${20 + (i % 7)}.${i % 10}`)),
  )
}

/** The truth of the epoch before, once there is one. */
function truths({ first, reputers, ids, sign, height }) {
  const nonce = height() - 1n - 5n
  if (nonce < first) return []
  return reputers.map((reputer) => sign(reputer, ...ids.map((id) => messages.truth(reputer, id, nonce, '22.5'))))
}

function timed(step) {
  const started = performance.now()
  step()
  return (performance.now() - started) / 1000
}

function benchSubmissions() {
  const network = openNetwork(1, WORKERS)
  const stages = { decode: [], signature: [], block: [] }
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    const txs = submissions(network)
    stages.decode.push(timed(() => txs.forEach(decodeTx)))
    const decoded = txs.map(decodeTx)
    stages.signature.push(
      timed(() => {
        for (const [i, tx] of decoded.entries()) {
          const digest = signDigest({ ...tx, chainId: CHAIN_ID, accountNumber: BigInt(i + 1) })
          const [{ signature, publicKey }] = tx.signers
          if (!verifySecp256k1(digest, signature, publicKey)) throw new Error('a signature is wrong')
        }
      }),
    )
    stages.block.push(network.block(txs))
    for (let i = 0; i < 4; i += 1) network.block([])
  }
  printTable({
    title: 'Worker submissions a second through the state machine',
    note: `${WORKERS} in a block for 32 places, ${native ? 'native' : 'portable'} signature check; in the block they are remembered, as CheckTx has checked them`,
    columns: ['stage', 'submissions/s'],
    rows: Object.entries(stages).map(([stage, seconds]) => [stage, shorten(WORKERS / median(seconds))]),
  })
}

function benchEpochs() {
  const network = openNetwork(3, 13)
  const seconds = []
  for (let epoch = 0; epoch < 60; epoch += 1) {
    let took = network.block(submissions(network))
    const due = truths(network)
    took += network.block(due)
    for (let i = 0; i < 3; i += 1) took += network.block([])
    seconds.push(took)
  }
  printTable({
    title: 'Whole epochs without HTTP',
    note: 'in memory',
    columns: ['epochs', 'a second'],
    rows: [['3 topics with 13 workers and 3 reputers each', shorten(1 / median(seconds))]],
  })
}

benchSubmissions()
benchEpochs()
