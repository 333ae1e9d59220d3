import { checkInvariants } from '@starling/node/app/testing/checkInvariants'
import { sealedPolicy, sealInference, sealTruth } from '@starling/node/app/testing/sealedMessages'
import { openTestChain, testActor } from '@starling/node/app/testing/testChain'
import { messages, numberPolicy } from '@starling/node/app/testing/testMessages'
import { useNativeSecp256k1 } from '@starling/node/app/useNativeSecp256k1'
import { listCommitments } from '@starling/node/modules/epochs/view'
import { getRecord } from '@starling/node/modules/rewards/view'
import { getAnswer } from '@starling/node/modules/synthesis/view'
import { getNextEpoch } from '@starling/node/modules/topics/view'
import { devnetGenesis } from '@starling/protocol/presets/devnetGenesis'

/** 10^18 uallo. */
export const ALLO = 10n ** 18n
/**
 * Blocks of an epoch: commitments, reveals, late reveals; in the first two also those of the truth of the epoch before.
 * All topics open their epochs in the same blocks, so that one transaction of an actor serves them all.
 */
const EPOCH = 3n
const WINDOWS = { workerCommitWindow: 1n, workerRevealWindow: 2n, truthCommitWindow: 1n, truthRevealWindow: 1n }
const LAG = 3n
const BOND = ALLO
const GAS = 20_000_000n

/** Actors named `prefix0`, `prefix1`, … */
export const actorsOf = (prefix, count) => Array.from({ length: count }, (_, i) => testActor(`${prefix}${i}`))

/**
 * The node's application in process with some sealed, verified topics, each asking for a number. `workers` and
 * `reputers` list the actors of each topic; all are registered in the beginning. `stakes` are those of the reputers, in
 * ALLO. `params` differ from the devnet's.
 */
export function openArena({ topics, reputers, stakes, params = {} }) {
  useNativeSecp256k1()
  const creator = testActor('creator')
  const workers = [...new Set(topics.flatMap((topic) => topic.workers))]
  const state = {
    params: { ...devnetGenesis.params, maxActiveTopicsPerBlock: '64', ...params },
    mint: { params: { ...devnetGenesis.mint.params, emissionEnabled: true } },
  }
  const everybody = [creator, ...workers, ...reputers]
  const chain = openTestChain(everybody, 10n ** 27n, state)
  const sequences = new Map()
  /** A block of lists of messages by actor, all of which must be done. */
  const block = (lists) => {
    const txs = lists.map(([actor, list]) => {
      const sequence = sequences.get(actor.address) ?? 0n
      sequences.set(actor.address, sequence + 1n)
      return chain.sign(actor, list, { sequence, gasLimit: GAS, fee: GAS * 10n })
    })
    const { txResults } = chain.block(...txs)
    for (const { code, log } of txResults) if (code !== 0) throw new Error(log)
    return txResults
  }
  const ids = topics.map((_, i) => BigInt(i + 1))
  const policy = { ...numberPolicy, ...sealedPolicy, ...WINDOWS, bond: BOND.toString() }
  const timing = { epochLength: EPOCH, groundTruthLag: LAG, workerSubmissionWindow: 3n, policy }
  block([[creator, ids.map(() => messages.createTopic(creator, timing))]])
  block([
    ...workers.map((actor) => [actor, idsOf(topics, actor).map((id) => messages.register(actor, id))]),
    ...reputers.map((actor) => [actor, ids.map((id) => messages.register(actor, id, true))]),
  ])
  block(reputers.map((actor, i) => [actor, ids.map((id) => messages.addStake(actor, id, stakes[i] * ALLO))]))
  block([[creator, ids.map((id) => messages.fund(creator, id, 1000n * ALLO))]])
  const { stores } = chain
  const height = () => BigInt(chain.blocks.length)
  for (const first = getNextEpoch(stores, 1n); height() < first; ) block([])
  return {
    ids,
    recordOf: (id, nonce) => getRecord(stores, id, nonce),
    answerOf: (id, nonce) => getAnswer(stores, id, nonce),
    check: () => checkInvariants(stores),
    runEpoch: (acts, reports, before) => runEpoch({ block, stores, height, ids, reputers }, acts, reports, before),
  }
}

const idsOf = (topics, actor) => topics.flatMap(({ workers }, i) => (workers.includes(actor) ? [BigInt(i + 1)] : []))

/** Lists of `[actor, message]` as one transaction for each actor. */
function byActor(list) {
  const lists = new Map()
  for (const [actor, message] of list) lists.set(actor, [...(lists.get(actor) ?? []), message])
  return [...lists]
}

/**
 * One epoch of all topics, and the truth of the one before. `acts` has for each topic `{ commits: [[actor, value]],
 * stolen?: [[thief, victim]], late?: { actors, reveals(value, others) } }`: everybody reveals in the first block of the
 * reveal window, but those who are late see then what the others revealed, and decide. `reports` has for each topic what
 * each reputer says of the epoch before; null in the first epoch. Returns the nonce and, for each topic, who had a place.
 */
function runEpoch({ block, stores, height, ids, reputers }, acts, reports, before) {
  const nonce = height()
  const played = acts.map(({ commits, stolen = [], late = null }, i) => {
    const place = { topicId: ids[i], nonce }
    const sealed = commits.map(([actor, value]) => ({ actor, value, ...sealInference(actor, place, String(value)) }))
    return { sealed, stolen, late, place }
  })
  const truths =
    reports === null
      ? []
      : reputers.flatMap((actor, r) =>
          ids.map((topicId, i) => ({
            actor,
            ...sealTruth(actor, { topicId, nonce: before }, String(reports[i][r])),
          })),
        )
  block(
    byActor([
      ...played.flatMap(({ sealed }) => sealed.map(({ actor, commit }) => [actor, commit])),
      ...played.flatMap(({ sealed, stolen }) => stolen.map((pair) => [pair[0], stealFrom(sealed, ...pair)])),
      ...truths.map(({ actor, commit }) => [actor, commit]),
    ]),
  )
  const admitted = played.map(({ place }) => listCommitments(stores, 'inferer', place).map(({ author }) => author))
  const holders = played.map(({ sealed }, i) => sealed.filter(({ actor }) => admitted[i].includes(actor.address)))
  const revealsOf = (list) => list.map(({ actor, reveal }) => [actor, reveal])
  block(
    byActor([
      ...played.flatMap(({ late }, i) => revealsOf(holders[i].filter(({ actor }) => !late?.actors.includes(actor)))),
      ...truths.map(({ actor, reveal }) => [actor, reveal]),
    ]),
  )
  block(byActor(played.flatMap(({ late }, i) => (late === null ? [] : revealsOf(lateOnes(holders[i], late))))))
  return { nonce, places: admitted }
}

/** Who of the late reveals, having seen the others. */
function lateOnes(holders, { actors, reveals }) {
  const others = holders.filter(({ actor }) => !actors.includes(actor)).map(({ value }) => value)
  return holders.filter(({ actor, value }) => actors.includes(actor) && reveals(value, others))
}

/** The victim's commitment under the thief's name. */
function stealFrom(sealed, thief, victim) {
  const { commit } = sealed.find(({ actor }) => actor === victim)
  return { ...commit, value: { ...commit.value, sender: thief.address } }
}
