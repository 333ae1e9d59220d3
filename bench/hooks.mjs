// Block times while the hooks at the end of a block have more to do than one block may: 100,000 removals of stake that
// are due at one height, 2,000 epochs that are to be settled at one height, and a topic with as many workers as it may
// have. Prints figures, and fails where something is not served in the promised number of blocks.

import { create } from '@bufbuild/protobuf'
import { handlers } from '@starling/node/app/handlers'
import { ALLO, openTestTopic } from '@starling/node/app/testing/openTestTopic'
import { messages } from '@starling/node/app/testing/testMessages'
import { getRecord } from '@starling/node/modules/rewards/view'
import { listDelegateRemovals } from '@starling/node/modules/stake/view'
import { getNextEpoch } from '@starling/node/modules/topics/view'
import { addressOfPublicKey } from '@starling/protocol/crypto/address'
import { messageSchemas } from '@starling/protocol/tx/messages'
import { quantile } from './lib/measure.mjs'
import { printAim, printTable, shorten } from './lib/report.mjs'

const REMOVALS = Number(process.env.REMOVALS ?? 100_000)
const EPOCHS = Number(process.env.EPOCHS ?? 2_000)
/** Between two blocks, as `starling up` and `starling net up` have it. */
const PAUSE_MS = 1000
const AIM = 2

/** Makes blocks of a chain and takes their times; messages run without transactions, as only the hooks are measured. */
function createDriver({ chain: { application, stores } }) {
  const next = () => stores.latest().version + 1n
  return {
    stores,
    height: () => stores.latest().version,
    run({ typeUrl, value }) {
      const context = { state: stores, chainId: 'starling-test-1', height: next(), emit: () => {} }
      handlers[typeUrl].run(context, create(messageSchemas[typeUrl], value))
    },
    /** Milliseconds that the hooks of the next block and its commit take. */
    mine() {
      const height = next()
      const started = performance.now()
      application.finalizeBlock({ height, timeMs: height * 1000n, txs: [] })
      application.commit()
      return performance.now() - started
    },
  }
}

const measured = []

/** Notes the times of blocks; `kind` tells which idle blocks they are compared with. */
function describe(kind, name, times) {
  measured.push({ kind, name, times, isIdle: name.startsWith('idle') })
}

const repeat = (times, step) => Array.from({ length: times }, (_, i) => step(i))
const must = (holds, what) => {
  if (!holds) throw new Error(`not served as promised: ${what}`)
}

function removals() {
  const topic = openTestTopic()
  const driver = createDriver(topic)
  const [reputer] = topic.reputers
  const addresses = repeat(REMOVALS, addressOf)
  describe('removals', 'idle', repeat(300, driver.mine))
  for (const address of addresses) {
    driver.run({
      typeUrl: '/cosmos.bank.v1beta1.MsgSend',
      value: { fromAddress: topic.creator.address, toAddress: address, amount: [{ denom: 'uallo', amount: '1' }] },
    })
    driver.run({
      typeUrl: '/emissions.v10.DelegateStakeRequest',
      value: { sender: address, topicId: 1n, reputer: reputer.address, amount: '1' },
    })
  }
  driver.mine()
  describe('removals', `idle, with ${REMOVALS} delegations`, repeat(300, driver.mine))
  for (const address of addresses) {
    driver.run({
      typeUrl: '/emissions.v10.RemoveDelegateStakeRequest',
      value: { sender: address, topicId: 1n, reputer: reputer.address, amount: '1' },
    })
  }
  driver.mine()
  const [first] = listDelegateRemovals(driver.stores, 1)
  while (driver.height() + 1n < first.blockRemovalCompleted) driver.mine()
  const blocks = Math.ceil(REMOVALS / 40)
  const times = repeat(blocks - 1, driver.mine)
  must(listDelegateRemovals(driver.stores, 41).length > 0, 'removals paid faster than allowed')
  times.push(driver.mine())
  must(listDelegateRemovals(driver.stores, 1).length === 0, `${REMOVALS} removals within ${blocks} blocks`)
  describe('removals', `${REMOVALS} removals due at one height`, times)
}

/** An address that nobody has the key of. */
function addressOf(i) {
  return addressOfPublicKey(Uint8Array.from({ length: 33 }, (_, at) => (at === 0 ? 2 : (i >> ((at % 3) * 8)) & 255)))
}

function epochs() {
  const topic = openTestTopic()
  const driver = createDriver(topic)
  const [reputer] = topic.reputers
  const { creator } = topic
  const rounds = Math.ceil(EPOCHS / 60)
  const ids = repeat(EPOCHS, (i) => BigInt(i) + 2n)
  describe('epochs', 'idle', repeat(100, driver.mine))
  const groups = repeat(rounds, (round) => ids.slice(round * 60, round * 60 + 60))
  const windows = (round) => ({
    epochLength: 100n,
    groundTruthLag: 100n + BigInt(rounds - round),
    workerSubmissionWindow: 20n,
  })
  for (const [round, group] of groups.entries())
    for (const _ of group) driver.run(messages.createTopic(creator, windows(round)))
  driver.mine()
  for (const group of groups) {
    for (const id of group) {
      driver.run(messages.register(reputer, id, true))
      driver.run(messages.addStake(reputer, id, ALLO))
      driver.run(messages.fund(creator, id, 10n ** 7n))
    }
    driver.mine()
  }
  const nonces = groups.map(([id]) => getNextEpoch(driver.stores, id))
  const due = nonces[0] + 100n + BigInt(rounds) + 100n
  const opening = []
  while (driver.height() < nonces.at(-1)) opening.push(driver.mine())
  describe('epochs', `60 topics that open in each of ${rounds} blocks`, opening.slice(-rounds))
  while (driver.height() + 1n < due) driver.mine()
  const settled = () =>
    groups.flatMap((group, i) => group.filter((id) => getRecord(driver.stores, id, nonces[i]) !== undefined)).length
  const before = settled()
  const blocks = Math.ceil(EPOCHS / 256)
  const times = repeat(blocks, driver.mine)
  must(before === 0 && settled() === EPOCHS, `${EPOCHS} epochs within ${blocks} blocks, ${settled()} settled`)
  describe('epochs', `${EPOCHS} epochs due at one height`, times)
}

function caps() {
  const params = { maxTopInferersToReward: '32', maxTopForecastersToReward: '6', maxTopReputersToReward: '6' }
  const topic = openTestTopic({ params, workers: 32, reputers: 6, epochLength: 5n })
  const driver = createDriver(topic)
  const { workers, reputers } = topic
  const times = []
  for (let epoch = 0; epoch < 40; epoch += 1) {
    const nonce = topic.first + 5n * BigInt(epoch)
    while (driver.height() < nonce) driver.mine()
    for (const [i, worker] of workers.entries()) driver.run(messages.infer(worker, 1n, nonce, String(20 + i / 10)))
    const elements = workers.slice(0, 12).map(({ address }, i) => ({ inferer: address, value: `-${1 + i / 10}` }))
    if (epoch > 1) for (const worker of workers.slice(0, 6)) driver.run(messages.forecast(worker, 1n, nonce, elements))
    if (epoch > 0) for (const reputer of reputers) driver.run(messages.truth(reputer, 1n, nonce - 5n, '21'))
    times.push(...repeat(5, driver.mine))
  }
  describe('epochs', 'a topic at all caps, every block', times)
}

removals()
epochs()
caps()
const compared = measured.map((one) => {
  const idle = measured.findLast(({ kind, isIdle }) => kind === one.kind && isIdle)
  const [own, other] = [one, idle].map(({ times }) => quantile(times, 0.99))
  return { ...one, blockTime: (PAUSE_MS + own) / (PAUSE_MS + other) }
})
printTable({
  title: 'Blocks while the hooks have more to do than one block may',
  note: `milliseconds of work in blocks without transactions; block time: ${PAUSE_MS} ms between blocks and the work, 99 %, against idle`,
  columns: ['what is due', 'blocks', 'median', '99 %', 'worst', 'block time'],
  rows: compared.map(({ name, times, blockTime }) => [
    name,
    times.length,
    ...[0.5, 0.99, 1].map((share) => shorten(quantile(times, share))),
    `${shorten(blockTime)} ×`,
  ]),
})
const slowest = compared.reduce((a, b) => (b.blockTime > a.blockTime ? b : a))
printAim({
  what: `block time, 99 %, against idle, with ${slowest.name}`,
  value: slowest.blockTime,
  within: 'at most',
  limit: AIM,
  unit: ' ×',
})
