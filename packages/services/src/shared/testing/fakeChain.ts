import { create } from '@bufbuild/protobuf'
import { OpenEpochSchema } from '@starling/protocol/gen/starling/v1/epochs_pb'
import type {
  GetActorResponse,
  GetResultResponse,
  GetWindowsResponse,
} from '@starling/protocol/gen/starling/v1/query_pb'
import { StarlingError } from '@starling/sdk/starlingError'
import type { Client, LandedTx, Page, Sender, SentTx } from '@starling/sdk/types'
import { createFakeBlocks } from './fakeBlocks.ts'
import { advance, createFakeState, FAKE_FEE, type FakeState, type FakeTx, refusalFor } from './fakeState.ts'
import { type FakeTopic, topicViewOf } from './topicViewOf.ts'

/** What a test can do to a fake chain, and see of it. */
export type FakeChain = {
  readonly state: FakeState
  readonly client: Client
  sender(address: string): Sender
  /** Makes a block; the promise of every transaction in it is settled afterwards. */
  mine(): bigint
  /** Transactions in blocks, and how many stand in the mempool. */
  readonly landed: readonly (FakeTx & { readonly height: bigint })[]
  queued(): number
  /** How often each query was asked. */
  readonly asked: Map<string, number>
  readonly trouble: FakeTrouble
  /** Ends all block subscriptions with an error. */
  cut(): void
}

/** Switches that a test may turn. */
export type FakeTrouble = {
  /** The node does not answer anybody. */
  away: boolean
  /** Blocks are made, but nobody hears of them. */
  mute: boolean
  /** Broadcasts arrive, but their answers get lost. */
  dropReplies: boolean
}

type Queued = FakeTx & { readonly settle: (landed: LandedTx) => void }

/** A chain with one topic in memory, behind the interface of the SDK. */
export function createFakeChain(changes: Partial<FakeTopic> = {}): FakeChain {
  const state = createFakeState({ ...defaultTopic, ...changes })
  const blocks = createFakeBlocks()
  const mempool: Queued[] = []
  const landed: (FakeTx & { readonly height: bigint })[] = []
  const asked = new Map<string, number>()
  const trouble: FakeTrouble = { away: false, mute: false, dropReplies: false }
  const answer = async <T>(name: string, value: () => T): Promise<T> => {
    asked.set(name, (asked.get(name) ?? 0) + 1)
    if (trouble.away) throw new StarlingError('unreachable', 'nobody answers')
    return value()
  }
  let sent = 0
  const send = async (sender: string, messages: FakeTx['messages']): Promise<SentTx> => {
    if (trouble.away) throw new StarlingError('unreachable', 'nobody answers')
    sent += 1
    const tx = { hash: `TX${sent}`, sender, messages }
    const error = refusalFor(state, tx, mempool)
    if (error !== undefined) throw error
    const settled = new Promise<LandedTx>((settle) => mempool.push({ ...tx, settle }))
    if (trouble.dropReplies) throw new StarlingError('timeout', 'no answer in time')
    return { hash: tx.hash, landed: settled }
  }
  return {
    state,
    client: { ...queriesOf(state, answer), blocks: blocks.subscribe },
    sender: (address) => ({
      address,
      send: (messages) => send(address, messages),
      feeOf: (messages) => answer('feeOf', () => FAKE_FEE * BigInt(Math.min(1, messages.length))),
    }),
    mine() {
      const txs = mempool.splice(0)
      const events = advance(state, txs)
      const { height } = state
      for (const { settle, ...tx } of txs) {
        landed.push({ ...tx, height })
        settle({ hash: tx.hash, height, code: 0, codespace: '', log: '', gasUsed: 1n, events: [] })
      }
      if (!trouble.mute) blocks.publish({ height, events })
      return height
    },
    landed,
    queued: () => mempool.length,
    asked,
    trouble,
    cut: () => blocks.cut(new StarlingError('unreachable', 'the connection is gone')),
  }
}

const defaultTopic: FakeTopic = {
  id: 1n,
  name: 'volatility',
  loss: 'squared',
  labels: [],
  levels: [],
  domain: ['-1000', '1000'],
  epochLength: 4n,
  groundTruthLag: 4n,
  workerWindow: 2n,
}

type Answer = <T>(name: string, value: () => T) => Promise<T>

function queriesOf(state: FakeState, answer: Answer): Omit<Client, 'blocks'> {
  const unused = (name: string) => (): Promise<never> =>
    answer(name, () => {
      throw new Error(`the fake chain does not answer ${name}`)
    })
  return {
    url: 'http://fake',
    rpc: 'http://fake',
    chainId: () => answer('chainId', () => 'fake-1'),
    height: () => answer('height', () => state.height),
    snapshot: unused('snapshot'),
    topic: unused('topic'),
    answer: unused('answer'),
    epoch: unused('epoch'),
    balance: unused('balance'),
    account: unused('account'),
    topicsUnverified: () => answer('topics', () => [topicViewOf(state.topic)]),
    topicUnverified: () => answer('topic', () => topicViewOf(state.topic)),
    windowsUnverified: () => answer('windows', () => windowsOf(state)),
    answerUnverified: unused('answer'),
    answersUnverified: unused('answers'),
    epochUnverified: unused('epoch'),
    epochsUnverified: unused('epochs'),
    truthsUnverified: (_, page) => answer('truths', () => newest(state.truths, page)),
    lossesUnverified: (_, page) => answer('losses', () => newest(state.losses, page)),
    historyUnverified: unused('history'),
    tallyUnverified: unused('tally'),
    resultUnverified: (_, address, nonce) => answer('result', () => resultOf(state, address, nonce ?? 0n)),
    calibrationUnverified: unused('calibration'),
    contributorsUnverified: unused('contributors'),
    actorUnverified: (_, address) => answer('actor', () => actorOf(state, address)),
    workersUnverified: () =>
      answer('workers', () => [...state.registered].filter(([, role]) => role === 'worker').map(([who]) => who)),
    ledgerUnverified: unused('ledger'),
    feesUnverified: unused('fees'),
    receipt: unused('receipt'),
    paymentsUnverified: unused('payments'),
    balanceUnverified: (address) => answer('balance', () => state.balances.get(address) ?? 0n),
    accountUnverified: unused('account'),
    feed: (topic, nonce) => answer('feed', () => ({ topic, nonce: Number(nonce) })),
    broadcast: unused('broadcast'),
    tx: unused('tx'),
    waitForTx: unused('waitForTx'),
    close: async () => {},
  }
}

function newest<T extends { readonly nonce: bigint }>(all: readonly T[], page: Page<bigint> = {}): readonly T[] {
  return all.filter(({ nonce }) => nonce > (page.after ?? 0n)).slice(-(page.limit ?? 256))
}

function windowsOf({ topic, height, epochs }: FakeState): GetWindowsResponse {
  return {
    $typeName: 'starling.v1.GetWindowsResponse',
    height,
    epochs: [...epochs.keys()].map((nonce) =>
      create(OpenEpochSchema, {
        nonce,
        workerOpen: nonce + 1n,
        workerClose: nonce + topic.workerWindow,
        truthOpen: nonce + topic.groundTruthLag + 1n,
        truthClose: nonce + topic.groundTruthLag + topic.epochLength,
        answered: height > nonce + topic.workerWindow,
        pot: '0',
        publishedParams: new Uint8Array(),
      }),
    ),
  }
}

function actorOf({ registered, stakes }: FakeState, address: string): GetActorResponse {
  const role = registered.get(address)
  return {
    $typeName: 'starling.v1.GetActorResponse',
    worker: role === 'worker',
    reputer: role === 'reputer',
    workerOwner: '',
    reputerOwner: '',
    stake: (stakes.get(address) ?? 0n).toString(),
    delegated: '0',
    eligible: '0',
  }
}

function resultOf({ losses }: FakeState, address: string, nonce: bigint): GetResultResponse {
  const epoch = losses.find((one) => one.nonce === nonce)
  const loss = epoch?.inferers.find((one) => one.address === address)?.value
  return {
    $typeName: 'starling.v1.GetResultResponse',
    nonce,
    status: epoch === undefined ? 'void' : 'settled',
    reason: '',
    tookPart: loss !== undefined,
    networkLoss: 0,
    naiveLoss: 0,
    ...(loss === undefined ? {} : { loss }),
    reward: '0',
    fees: '0',
  }
}
