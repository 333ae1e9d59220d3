import { getNextEpoch } from '../../modules/topics/view.ts'
import type { StateReader } from '../context.ts'
import { ALLO } from './openTestTopic.ts'
import { type TestActor, testActor } from './testChain.ts'
import { messages, numberPolicy, referenceRules } from './testMessages.ts'
import { openTestNetwork, type TestGenesis, type TestNetwork, testActors } from './testNetwork.ts'

/** Blocks of an epoch, of the lag of its truth, and of its worker window. */
export const PACE = { epochLength: 5n, groundTruthLag: 5n, workerSubmissionWindow: 3n } as const

/** A network whose topic 1 has epochs of every kind, seen one block after its newest epoch opened. */
export type SettledNetwork = TestNetwork & {
  readonly state: StateReader
  readonly admin: TestActor
  readonly creator: TestActor
  readonly workers: readonly TestActor[]
  readonly forecasters: readonly TestActor[]
  readonly reputers: readonly TestActor[]
  /** Delegated to the first reputer. */
  readonly delegator: TestActor
  /** Nonces of settled epochs, oldest first. */
  readonly settled: readonly bigint[]
  /** The nonce without any inference. */
  readonly voided: bigint
  /** The nonce whose truth the reputers did not agree on. */
  readonly contested: bigint
  /** The nonce whose answer stands and whose truth is being attested: two reports are in. */
  readonly answered: bigint
  /** The nonce whose worker window is open: two inferences and one forecast are in. */
  readonly open: bigint
}

const EPOCHS = 8
const VOID = 3
const CONTESTED = 4

/** How a settled network is set up; without a policy its topic has the reference's rules. */
export type SettledSetup = Pick<TestGenesis, 'params'> & { readonly policy?: Readonly<Record<string, unknown>> }

/** Opens the network and runs it: eight epochs, a delegation, and stake of both kinds that is being removed. */
export function openSettledNetwork({ policy = referenceRules, ...genesis }: SettledSetup = {}): SettledNetwork {
  const [admin, creator, delegator] = ['admin', 'creator', 'delegator'].map(testActor)
  if (admin === undefined || creator === undefined || delegator === undefined) throw new Error('an actor is missing')
  const [workers, forecasters, reputers] = [testActors('w', 3), testActors('f', 2), testActors('r', 3)]
  const network = openTestNetwork([admin, creator, delegator, ...workers, ...forecasters, ...reputers], {
    ...genesis,
    admins: [admin],
  })
  const actors = { admin, creator, delegator, workers, forecasters, reputers }
  setUp(network, actors, { ...numberPolicy, ...policy })
  const nonces = Array.from({ length: EPOCHS }, (_, i) => runEpoch(network, actors, i))
  const open = network.height()
  beginLastEpoch(network, actors, open)
  const at = (i: number): bigint => nonces[i] ?? 0n
  return {
    ...network,
    ...actors,
    state: network.chain.stores,
    settled: nonces.filter((_, i) => i !== VOID && i !== CONTESTED && i !== EPOCHS - 1),
    voided: at(VOID),
    contested: at(CONTESTED),
    answered: at(EPOCHS - 1),
    open,
  }
}

type Actors = Pick<SettledNetwork, 'creator' | 'delegator' | 'workers' | 'forecasters' | 'reputers'>

function setUp(network: TestNetwork, actors: Actors, policy: object): void {
  const { creator, delegator, workers, forecasters, reputers } = actors
  network.mustBlock([creator, messages.createTopic(creator, { ...PACE, policy: policy as never })])
  network.mustBlock(
    ...[...workers, ...forecasters].map((actor) => [actor, messages.register(actor, 1n)] as const),
    ...reputers.map((actor) => [actor, messages.register(actor, 1n, true)] as const),
  )
  network.mustBlock(
    ...reputers.map((actor, i) => [actor, messages.addStake(actor, 1n, BigInt(1000 + i) * ALLO)] as const),
  )
  const [first] = reputers
  if (first === undefined) throw new Error('there is no reputer')
  network.mustBlock(
    [delegator, messages.delegate(delegator, 1n, first, 500n * ALLO)],
    [creator, messages.fund(creator, 1n, ALLO)],
  )
  network.mineTo(getNextEpoch(network.chain.stores, 1n))
}

/** One epoch's blocks: its work, the truth of the epoch before, and the rest. Returns its nonce. */
function runEpoch(network: TestNetwork, { workers, forecasters, reputers }: Actors, index: number): bigint {
  const nonce = network.height()
  const elements = workers.map(({ address }, i) => ({ inferer: address, value: String(i - 1) }))
  if (index !== VOID) {
    network.mustBlock(
      ...workers.map((actor, i) => [actor, messages.infer(actor, 1n, nonce, String(20 + i * 2))] as const),
      ...forecasters.map((actor, i) => [actor, messages.forecast(actor, 1n, nonce, elements.slice(i))] as const),
    )
  }
  if (index > 0) {
    const truthOf = (i: number): string => (index - 1 === CONTESTED ? String(20 + i * 50) : '20.1')
    const previous = nonce - PACE.epochLength
    network.mustBlock(...reputers.map((actor, i) => [actor, messages.truth(actor, 1n, previous, truthOf(i))] as const))
  }
  network.mineTo(nonce + PACE.epochLength)
  return nonce
}

/** One block in which work and truth come in and stake begins to leave, so that everything is under way. */
function beginLastEpoch(network: TestNetwork, actors: Actors, open: bigint): void {
  const { delegator, workers, forecasters, reputers } = actors
  const [first, , last] = reputers
  const [forecaster] = forecasters
  const [inferer] = workers
  if (first === undefined || last === undefined || forecaster === undefined || inferer === undefined) {
    throw new Error('an actor is missing')
  }
  network.mustBlock(
    ...workers.slice(0, 2).map((actor, i) => [actor, messages.infer(actor, 1n, open, String(30 + i))] as const),
    [forecaster, messages.forecast(forecaster, 1n, open, [{ inferer: inferer.address, value: '0.5' }])],
    ...reputers
      .slice(0, 2)
      .map((actor) => [actor, messages.truth(actor, 1n, open - PACE.epochLength, '20.1')] as const),
    [last, messages.removeStake(last, 1n, 100n * ALLO)],
    [delegator, messages.removeDelegation(delegator, 1n, first, 50n * ALLO)],
  )
}
