// A network of four validators on this machine, Starling under CometBFT and beside it CometBFT's own key-value store:
// transactions a second, and how long a submission takes until its answer is proven. Needs CometBFT on PATH. Prints
// figures; fails where a submission is refused.

import { mkdtempSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { useNativeEd25519 } from '@starling/cli/chain/useNativeEd25519'
import { findComet } from '@starling/cli/net/findComet'
import { testActor } from '@starling/node/app/testing/testChain'
import { messages } from '@starling/node/app/testing/testMessages'
import { useNativeSecp256k1 } from '@starling/node/app/useNativeSecp256k1'
import { encodeTx } from '@starling/protocol/tx/encodeTx'
import { createClient } from '@starling/sdk/createClient'
import { callRpc, startKvStore, startStarling, waitForHeight, waitForResult } from './lib/fourValidators.mjs'
import { median, quantile } from './lib/measure.mjs'
import { printAim, printTable, shorten } from './lib/report.mjs'

const BLOCK_MS = 1000
const TOPICS = 50
const WORKERS = 32
const TXS = TOPICS * WORKERS
const SENDERS = 16
const ANSWERS = 20
/** Blocks after which an answer that is not there will not come. */
const PATIENCE = 6n
const EPOCH = 40n
const WINDOW = 38n
const MESSAGES_IN_TX = 25
const ALLO = 10n ** 18n

const SHORT_TOPIC = BigInt(TOPICS + 1)
const creator = testActor('bench creator')
const workers = Array.from({ length: WORKERS }, (_, i) => testActor(`bench worker ${i}`))
const actors = [creator, ...workers]
const balances = actors.map(({ address }) => ({ address, amount: (10n ** 24n).toString() }))
const sequences = new Map()

/** A signed transaction of an actor's next sequence. */
function sign({ chainId, firstAccount }, actor, list) {
  const sequence = sequences.get(actor.address) ?? 0n
  sequences.set(actor.address, sequence + 1n)
  const gasLimit = 1_000_000n * BigInt(list.length)
  return encodeTx({
    messages: list,
    privateKey: actor.privateKey,
    publicKey: actor.publicKey,
    chainId,
    accountNumber: BigInt(firstAccount + actors.indexOf(actor)),
    sequence,
    gasLimit,
    fee: gasLimit * 10n,
  })
}

/** Hands a transaction to a node's mempool. */
async function hand(url, tx) {
  const { code, log } = await callRpc(url, 'broadcast_tx_sync', { tx: Buffer.from(tx).toString('base64') })
  if (code !== 0) throw new Error(`a transaction was refused: ${log}`)
}

/** How many transactions the block of a height has, once it is executed; all must have done what they should. */
async function readBlock(url, height) {
  const { txs_results: results } = await waitForResult(url, 'block_results', { height: String(height) })
  const list = results ?? []
  const failed = list.find(({ code }) => code !== 0)
  if (failed !== undefined) throw new Error(`a transaction failed: ${failed.log}`)
  return list.length
}

/** Waits until so many transactions stand in blocks after a height. */
async function waitForTxs({ rpcUrls: [url] }, count, after) {
  let standing = 0
  let height = after
  while (standing < count) {
    height += 1
    standing += await readBlock(url, height)
  }
  return height
}

/** Sends rows of transactions, each in its order, over all four nodes at once, and waits until all stand in blocks. */
async function flood(network, rows) {
  const after = await waitForHeight(network.rpcUrls[0], 1)
  const count = rows.reduce((sum, row) => sum + row.length, 0)
  const started = performance.now()
  const sending = rows.map(async (row, i) => {
    for (const tx of row) await hand(network.rpcUrls[i % network.rpcUrls.length], tx)
  })
  const standing = waitForTxs(network, count, after)
  await Promise.all(sending)
  const accepted = performance.now() - started
  const height = await standing
  const took = performance.now() - started
  return { count, perSecond: (count / took) * 1000, accepted, blocks: height - after }
}

const groups = (list, size) =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))

/** Topics with all workers, and one whose windows are one block long. */
async function openTopics(network) {
  const ids = Array.from({ length: TOPICS }, (_, i) => BigInt(i + 1))
  const long = { epochLength: EPOCH, groundTruthLag: EPOCH, workerSubmissionWindow: WINDOW }
  const short = { epochLength: 3n, groundTruthLag: 3n, workerSubmissionWindow: 1n }
  const creations = [...ids.map(() => long), short].map((times) => messages.createTopic(creator, times))
  const all = [...ids, SHORT_TOPIC]
  const funds = all.map((id) => messages.fund(creator, id, ALLO))
  const stakes = all.flatMap((id) => [
    messages.register(creator, id, true),
    messages.addStake(creator, id, 1000n * ALLO),
  ])
  const own = groups([...creations, ...stakes, ...funds], MESSAGES_IN_TX).map((list) => sign(network, creator, list))
  await flood(network, [own])
  const registrations = workers.map((worker) =>
    groups(
      all.map((id) => messages.register(worker, id)),
      MESSAGES_IN_TX,
    ).map((list) => sign(network, worker, list)),
  )
  await flood(network, registrations)
}

/** The nonce of each topic's open window, once so many blocks are left of all. */
async function waitForWindows(client, left) {
  for await (const { height } of client.blocks()) {
    const answers = await Promise.all(Array.from({ length: TOPICS }, (_, i) => client.windowsUnverified(BigInt(i + 1))))
    const isOpen = ({ nonce, workerClose }) => nonce <= height && workerClose >= height + left
    const open = answers.map(({ epochs }) => epochs.find(isOpen)?.nonce)
    if (open.every((nonce) => nonce !== undefined)) return open
  }
  throw new Error('the network has ended')
}

/** As many submissions as there are topics and workers, every worker's in the order of its sequences. */
async function floodSubmissions(network, client) {
  const nonces = await waitForWindows(client, WINDOW - 10n)
  const rows = workers.map((worker, i) =>
    Array.from({ length: TOPICS }, (_, topic) =>
      sign(network, worker, [
        messages.infer(worker, BigInt(topic + 1), nonces[topic], `${20 + (i % 7)}.${topic % 10}`),
      ]),
    ),
  )
  const size = median(rows.flat().map((tx) => tx.length))
  return { ...(await flood(network, rows)), size }
}

/** Milliseconds from handing a submission over until its epoch's answer is verified against a header, and of a block. */
async function timeAnswers(network, client) {
  const [worker] = workers
  const times = []
  let missed = 0
  const begun = { height: await waitForHeight(network.rpcUrls[0], 1), at: performance.now() }
  let last = 0n
  for await (const { height } of client.blocks()) {
    const nonce = height
    const { epochs } = await client.windowsUnverified(SHORT_TOPIC)
    if (nonce === last || !epochs.some((one) => one.nonce === nonce)) continue
    last = nonce
    const tx = sign(network, worker, [messages.infer(worker, SHORT_TOPIC, nonce, '20.5')])
    const started = performance.now()
    await hand(network.rpcUrls[0], tx)
    if (await isAnswered(client, nonce)) times.push(performance.now() - started)
    else missed += 1
    if (times.length === ANSWERS) break
    if (missed === ANSWERS) throw new Error(`${missed} submissions missed their window`)
  }
  const height = await waitForHeight(network.rpcUrls[0], 1)
  return { times, missed, block: (performance.now() - begun.at) / (height - begun.height) }
}

/** Asks after each new block, as a client would that cannot know when the answer comes; a submission may miss its window. */
async function isAnswered(client, nonce) {
  for await (const { height } of client.blocks()) {
    const { value } = await client.answer(SHORT_TOPIC)
    if (value?.nonce === nonce) return true
    if (height > nonce + PATIENCE) return false
  }
  throw new Error('the network has ended')
}

/** Key-value pairs as long as a submission. */
function pairs(size) {
  return Array.from({ length: SENDERS * 2 }, (_, row) =>
    Array.from({ length: TXS / (SENDERS * 2) }, (_, i) => {
      const text = `bench${row}x${i}x${Date.now()}=`
      return Buffer.from(text.padEnd(size, 'v'))
    }),
  )
}

useNativeSecp256k1()
useNativeEd25519()
const folder = mkdtempSync(join(tmpdir(), 'net-'))
const comet = await findComet(join(homedir(), '.starling'), process.env.PATH ?? '').catch((error) => {
  process.stderr.write(`${error.message}\nThe network is left out.\n`)
  process.exit(0)
})
const options = { comet, blockTimeMs: BLOCK_MS, balances }

async function runStarling() {
  const network = await startStarling(join(folder, 'starling'), options)
  const client = createClient({ url: network.restUrls[0], rpc: network.rpcUrls[0] })
  try {
    await openTopics(network)
    const flooded = await floodSubmissions(network, client)
    const answers = await timeAnswers(network, client)
    return { flooded, answers }
  } finally {
    await client.close()
    await network.close()
  }
}

async function runKvStore(name, size) {
  const network = await startKvStore(join(folder, name), options)
  try {
    return await flood(network, pairs(size))
  } finally {
    await network.close()
  }
}

const before = await runKvStore('before', 450)
const { flooded, answers } = await runStarling()
const after = await runKvStore('after', flooded.size)
rmSync(folder, { recursive: true })
const ceiling = (before.perSecond + after.perSecond) / 2
printTable({
  title: 'Transactions a second on four validators',
  note: `${TXS} at once, from the first one sent until the last one stands in a block; ${BLOCK_MS} ms between blocks (timeout_commit); all nodes and the senders on this machine`,
  columns: ['application', 'bytes', 'all accepted after, s', 'blocks', 'transactions/s'],
  rows: [
    ["CometBFT's kvstore, before", 450, before],
    ['Starling: worker submissions', flooded.size, flooded],
    ["CometBFT's kvstore, after", flooded.size, after],
  ].map(([name, size, { accepted, blocks, perSecond }]) => [
    name,
    size,
    shorten(accepted / 1000),
    blocks,
    shorten(perSecond),
  ]),
})
const inBlocks = (share) => quantile(answers.times, share) / answers.block
printTable({
  title: 'From a submission to its proven answer',
  note: `${ANSWERS} epochs whose window is one block, ${answers.missed} more were missed; a block took ${shorten(answers.block)} ms`,
  columns: ['', '50 %', '95 %'],
  rows: [
    ['milliseconds', ...[0.5, 0.95].map((share) => shorten(quantile(answers.times, share)))],
    ['block times', ...[0.5, 0.95].map((share) => shorten(inBlocks(share)))],
  ],
})
printAim({
  what: "transactions a second against CometBFT's kvstore",
  value: (flooded.perSecond / ceiling) * 100,
  within: 'at least',
  limit: 50,
  unit: ' %',
})
printAim({
  what: 'submission to proven answer, 95 %',
  value: inBlocks(0.95),
  within: 'at most',
  limit: 2.5,
  unit: ' block times',
})
