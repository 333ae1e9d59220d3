import { toHex } from '@starling/protocol/bytes/hex'
import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import { type MessageUrl, messageSchemas } from '@starling/protocol/tx/messages'
import { getAccount } from '../../modules/auth/view.ts'
import { sealedWindowOf } from '../../modules/epochs/sealed/sealedWindows.ts'
import { listOpenEpochs } from '../../modules/epochs/view.ts'
import { getEpochCounts } from '../../modules/rewards/view.ts'
import type { TxResult } from '../application.ts'
import type { GenesisState } from '../genesis.ts'
import { checkInvariants } from './checkInvariants.ts'
import { deedNames, of, oftenDone, openStage, perform } from './deeds.ts'
import { createDice } from './dice.ts'
import { ALLO, openTestTopic, type TestTopic } from './openTestTopic.ts'
import { sealedPolicy, sealInference, sealTruth } from './sealedMessages.ts'
import { CHAIN_ID, type TestActor, testActor } from './testChain.ts'
import { messages, numberPolicy } from './testMessages.ts'
import { testActors } from './testNetwork.ts'
import { validMessages } from './validMessages.ts'

/** A chain's genesis and the transactions of each of its blocks, enough to play it again. */
export type Tape = {
  readonly chainId: string
  readonly genesis: GenesisState
  readonly blocks: readonly (readonly Uint8Array[])[]
  /** Hex of the well-formed signatures that are wrong. */
  readonly forged: readonly string[]
}

type Action = readonly [TestActor, ...MessageToSend[]]

const GAS_LIMIT = 5_000_000n
/** Refused whatever it says, until topics whose truth is reported are supported. */
const NEVER_GOOD = '/emissions.v10.CreateNewTopicRequest'
const SIGNATURE_BYTES = 64
const LABELS = ['down', 'flat', 'up'] as const
const LABELLED = 2n
const SEALED = 3n
const SEED = 20_240_809
/** Blocks between two good messages of a kind that deeds seldom do well. */
const RARE = 4
const OFTEN_IN_TEN = 7

/**
 * Records a network of a number topic, a label topic and one with sealed submissions in which everything happens: work, truths, disputes, stake
 * of both kinds that comes and goes, changes of parameters, every kind of message done at least once, transactions that
 * are refused for every reason, and blocks without any. The invariants hold after each block.
 */
export function recordTape(length: number): Tape {
  const others = testActors('random', 3)
  const topic = openTestTopic({
    groundTruthLag: 7n,
    others,
    admins: [testActor('creator')],
    params: { removeStakeDelayWindow: '8', halfMaxProcessStakeRemovalsEndBlock: '2', maxTopReputersToReward: '4' },
  })
  setUp(topic)
  const { chain } = topic
  const roll = createDice(SEED)
  const forged: string[] = []
  const done = new Set<string>()
  const unopened = new Map<string, Action>()
  const urls = Object.keys(messageSchemas) as MessageUrl[]
  while (chain.blocks.length < length) {
    const height = chain.blocks.length + 1
    const actions = [...actionsOf(topic, others, roll), ...sealedActionsOf(topic, unopened, roll)]
    const rare = height % RARE === 0 ? of(urls, height / RARE) : undefined
    if (rare !== undefined) actions.push(rareAction(topic, rare))
    const signed = signAll(topic, actions)
    const txs = roll(8) === 0 ? spoil(signed, roll, forged) : signed
    const { txResults } = chain.block(...txs)
    checkInvariants(chain.stores)
    for (const [i, [, ...list]] of actions.entries()) {
      if (isDone(txResults[txs.indexOf(of(signed, i))])) for (const { typeUrl } of list) done.add(typeUrl)
    }
  }
  const { settled, contested, void: voided } = getEpochCounts(chain.stores, 1n)
  const labelled = getEpochCounts(chain.stores, LABELLED).settled
  const sealed = getEpochCounts(chain.stores, SEALED).settled
  if (settled * contested * voided * labelled * sealed === 0n)
    throw new Error('the tape lacks a kind of epoch; make it longer')
  const missing = urls.filter((url) => url !== NEVER_GOOD && !done.has(url))
  if (missing.length > 0) throw new Error(`the tape has no good ${missing.join(', no good ')}; make it longer`)
  return { chainId: CHAIN_ID, genesis: chain.genesis, blocks: chain.blocks, forged }
}

const isDone = (result: TxResult | undefined): boolean => result?.code === 0

/** A second topic with labels, a third with sealed submissions, and the creator in every role. */
function setUp(topic: TestTopic): void {
  const { creator, workers, reputers, chain } = topic
  const [bob = creator] = reputers
  const kind = { loss: 'cross-entropy', labels: [...LABELS], domainLowest: '', domainHighest: '', tolerance: '' }
  const policy = { ...numberPolicy, ...kind }
  const play = (...actions: readonly Action[]): void => {
    for (const { code, log } of chain.block(...signAll(topic, actions)).txResults) if (code !== 0) throw new Error(log)
  }
  play(
    [creator, messages.createTopic(creator, { name: 'trend', policy })],
    [
      creator,
      messages.createTopic(creator, {
        name: 'wind',
        workerSubmissionWindow: 4n,
        policy: { ...numberPolicy, ...sealedPolicy },
      }),
    ],
    [creator, messages.register(creator, 1n), messages.register(creator, 1n, true)],
    ...[LABELLED, SEALED].flatMap((id) => [
      ...workers.map((actor) => [actor, messages.register(actor, id)] as const),
      ...reputers.map((actor) => [actor, messages.register(actor, id, true)] as const),
    ]),
  )
  play(
    [creator, messages.addStake(creator, 1n, 10n * ALLO), messages.delegate(creator, 1n, bob, ALLO)],
    [creator, messages.fund(creator, LABELLED, ALLO), messages.fund(creator, SEALED, ALLO)],
    ...[LABELLED, SEALED].flatMap((id) =>
      reputers.map((actor) => [actor, messages.addStake(actor, id, 500n * ALLO)] as const),
    ),
  )
}

/** What is done in one block, by whom. */
function actionsOf(topic: TestTopic, others: readonly TestActor[], roll: (bound: number) => number): Action[] {
  const stage = openStage(topic, others)
  const actions: Action[] = Array.from({ length: roll(5) }, () => {
    const what = roll(10) < OFTEN_IN_TEN ? of(oftenDone, roll(100)) : of(deedNames, roll(100))
    const deed = { who: roll(21), what, a: roll(16), b: roll(16) }
    const [actor, message] = perform(stage, deed)
    // Who leaves comes back at once, or soon nobody would be left.
    return what === 'unregister' ? [actor, message, messages.register(actor, 1n, deed.a % 2 === 0)] : [actor, message]
  })
  const open = listOpenEpochs(topic.chain.stores, LABELLED)
  const next = BigInt(topic.chain.blocks.length) + 1n
  const newest = open.at(-1)?.nonce
  const told = open.find(({ truthOpen, truthClose }) => truthOpen <= next && next <= truthClose)?.nonce
  const worker = of(topic.workers, roll(100))
  const [down, flat, up] = of(
    [
      ['0.2', '0.3', '0.5'],
      ['0', '1', '0'],
      ['0.125', '0.375', '0.5'],
    ] as const,
    roll(100),
  )
  if (newest !== undefined && roll(3) === 0) {
    actions.push([worker, messages.inferLabels(worker, LABELLED, newest, { down, flat, up })])
  }
  if (told !== undefined) {
    const reputer = of(topic.reputers, roll(100))
    actions.push([reputer, messages.truthLabel(reputer, LABELLED, told, of(LABELS, roll(4) === 0 ? 0 : 2))])
  }
  return actions
}

/** Commitments in the windows for them, and the reveals of most of them in theirs. */
function sealedActionsOf(topic: TestTopic, unopened: Map<string, Action>, roll: (bound: number) => number): Action[] {
  const next = BigInt(topic.chain.blocks.length) + 1n
  const actions: Action[] = []
  for (const epoch of listOpenEpochs(topic.chain.stores, SEALED)) {
    const place = { topicId: SEALED, nonce: epoch.nonce }
    const work = topic.workers.map((who) => [who, sealInference(who, place, `${20 + roll(3)}`)] as const)
    const truths = topic.reputers.map((who) => [who, sealTruth(who, place, '21')] as const)
    for (const [role, pairs] of [['inferer', work] as const, ['reputer', truths] as const]) {
      const { opened, closed } = sealedWindowOf(epoch, role, 'commit')
      const reveals = sealedWindowOf(epoch, role, 'reveal')
      for (const [who, { commit, reveal }] of pairs) {
        const name = `${role} ${who.address} ${epoch.nonce}`
        if (next === opened || (next === closed && roll(4) === 0)) {
          actions.push([who, commit])
          unopened.set(name, [who, reveal])
        }
        const waiting = unopened.get(name)
        if (waiting === undefined || next < reveals.opened || next > reveals.closed || roll(8) === 0) continue
        actions.push(waiting)
        unopened.delete(name)
      }
    }
  }
  return actions
}

/** A message of a kind from the creator, between what makes it good and what takes it back. */
function rareAction(topic: TestTopic, typeUrl: MessageUrl): Action {
  const { creator: sender, reputers, workers, chain } = topic
  const [reputer = sender] = reputers
  const { nonces, told } = openStage(topic, [])
  const [nonce = topic.first] = nonces
  const valid = validMessages(chain.stores, { sender, reputer, workers, nonce, told })
  const message = { typeUrl, value: valid[typeUrl] } as MessageToSend
  switch (typeUrl) {
    case '/emissions.v10.CancelRemoveStakeRequest':
      return [sender, messages.removeStake(sender, 1n, 5n), message]
    case '/emissions.v10.CancelRemoveDelegateStakeRequest':
      return [sender, messages.removeDelegation(sender, 1n, reputer, 5n), message]
    case '/emissions.v10.RegisterRequest':
      return [sender, message, messages.unregister(sender, 2n)]
    case '/emissions.v10.RemoveRegistrationRequest':
      return [sender, message, messages.register(sender, 1n)]
    default:
      return [sender, message]
  }
}

/** Signs each action with the next sequence of its actor. */
function signAll({ chain }: TestTopic, actions: readonly Action[]): Uint8Array[] {
  const next = new Map<string, bigint>()
  return actions.map(([actor, ...list]) => {
    const { address } = actor
    const sequence = next.get(address) ?? getAccount(chain.stores, address)?.sequence ?? 0n
    next.set(address, sequence + 1n)
    return chain.sign(actor, list, { sequence, gasLimit: GAS_LIMIT, fee: GAS_LIMIT * 10n })
  })
}

/** The same block with what is refused in it: noise, a wrong signature, one that was there before, one cut short. */
function spoil(txs: readonly Uint8Array[], roll: (bound: number) => number, forged: string[]): readonly Uint8Array[] {
  const noise = Uint8Array.from({ length: roll(40) }, () => roll(256))
  const last = txs.at(-1)
  if (last === undefined) return [noise]
  const changed = last.slice()
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
  forged.push(toHex(changed.slice(-SIGNATURE_BYTES)))
  return [...txs.slice(0, -1), noise, changed, last, last, last.slice(0, roll(last.length))]
}
