import type { GenesisState } from '@starling/node/app/genesis'
import { devnetGenesis } from '@starling/protocol/presets/devnetGenesis'
import { createFromTemplate, topicTemplates } from '@starling/protocol/presets/topicTemplates'
import { createClient } from '@starling/sdk/createClient'
import { createSender } from '@starling/sdk/sender/createSender'
import type { Client, Wallet } from '@starling/sdk/types'
import { walletFromSeed } from '@starling/sdk/wallet/walletFromSeed'
import { startReputer } from '@starling/services/reputer/startReputer'
import { startWorker } from '@starling/services/worker/startWorker'
import { eventually } from '../../harness/eventually.ts'
import type { Scope } from '../../harness/scope.ts'
import type { Validator } from './startValidators.ts'

const ALLO = 10n ** 18n
const STAKE = 1000n * ALLO
/** Windows of some seconds: who submits has time on a busy machine. */
const PACE = { epochLength: 6n, groundTruthLag: 6n, workerSubmissionWindow: 6n, submissions: 'plain' } as const

const wallet = (name: string): Wallet => walletFromSeed('comet', name)
/** Creates the topic. */
const operator = wallet('operator')
/** Those who work on it, and who say what happened. */
export const workers: readonly Wallet[] = ['w1', 'w2', 'w3'].map(wallet)
const forecasters = ['f1', 'f2'].map(wallet)
export const reputers: readonly Wallet[] = ['r1', 'r2', 'r3'].map(wallet)

/** A genesis in which everybody who takes part has coins. */
export const appState: GenesisState = {
  ...devnetGenesis,
  balances: [operator, ...workers, ...forecasters, ...reputers].map(({ address }) => ({
    address,
    amount: (2n * STAKE).toString(),
  })),
  admins: [operator.address],
}

/** A topic that is played until the scope closes. */
export type PlayedTopic = {
  readonly id: bigint
  /** Stops everybody. */
  stop(): Promise<void>
}

/** A client of a validator, closed with the scope. */
export function clientOf(scope: Scope, { rest, rpc }: Pick<Validator, 'rest' | 'rpc'>): Client {
  const client = createClient({ url: rest, rpc })
  scope.defer(() => client.close())
  return client
}

/**
 * Creates a topic and lets workers, forecasters and reputers of ours play it, spread over the validators. What they say
 * depends on the epoch alone.
 */
export async function playTopic(scope: Scope, validators: readonly Validator[]): Promise<PlayedTopic> {
  const clients = validators.map((validator) => clientOf(scope, validator))
  const clientFor = (i: number): Client => {
    const client = clients[i % clients.length]
    if (client === undefined) throw new Error('a network has a validator')
    return client
  }
  const id = await createTopic(clientFor(0))
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const common = (one: Wallet, i: number) => {
    const client = clientFor(i)
    return { client, sender: createSender({ client, wallet: one }), topicId: id, log }
  }
  // The feed of a local network is not served here.
  const feed = async (): Promise<undefined> => undefined
  const actors = [
    ...workers.map((one, i) =>
      startWorker({ ...common(one, i), feed, predict: ({ nonce }) => 1 + i / 4 + (Number(nonce) % 7) / 10 }),
    ),
    ...forecasters.map((one, i) =>
      startWorker({
        ...common(one, i),
        feed,
        forecast: () => Object.fromEntries(workers.map(({ address }, j) => [address, j - i])),
      }),
    ),
    ...reputers.map((one, i) =>
      startReputer({
        ...common(one, i),
        stake: STAKE,
        truth: ({ nonce }) => ({ value: 1.2 + (nonce % 5) / 10, source: 'test', observedAt: '2026-01-01' }),
      }),
    ),
  ]
  const stop = async (): Promise<void> => {
    await Promise.all(actors.map((actor) => actor.stop()))
  }
  scope.defer(stop)
  return { id, stop }
}

async function createTopic(client: Client): Promise<bigint> {
  const [template] = topicTemplates
  if (template === undefined) throw new Error('there is a template')
  const sender = createSender({ client, wallet: operator })
  const sent = await sender.send([
    createFromTemplate(template, operator.address, PACE),
    { typeUrl: '/emissions.v10.FundTopicRequest', value: { sender: operator.address, topicId: 1n, amount: `${ALLO}` } },
  ])
  await sent.landed
  return 1n
}

/** Waits until so many epochs have settled with work in them, and returns their nonces, oldest first. */
export function untilSettled(client: Client, topicId: bigint, count: number): Promise<readonly bigint[]> {
  return eventually(`${count} settled epochs`, async () => {
    const records = await client.epochsUnverified(topicId)
    const settled = records.filter(({ status }) => status === 'settled').map(({ nonce }) => nonce)
    return settled.length >= count ? settled : undefined
  })
}
