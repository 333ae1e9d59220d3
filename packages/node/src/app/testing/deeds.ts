import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import { listOpenEpochs } from '../../modules/epochs/view.ts'
import { ALLO, type TestTopic } from './openTestTopic.ts'
import type { TestActor } from './testChain.ts'
import { messages } from './testMessages.ts'

/** One thing that somebody does: who, what, and two numbers that say how. */
export type Deed = { readonly who: number; readonly what: DeedName; readonly a: number; readonly b: number }

/** Where deeds are done. */
export type Stage = {
  readonly topic: TestTopic
  readonly actors: readonly TestActor[]
  /** Open epochs, the newest first, and the one whose truth is wanted, if any. */
  readonly nonces: readonly bigint[]
  readonly told: bigint
}

/** One of a list, whatever the number. */
export function of<T>(list: readonly T[], at: number): T {
  const one = list[at % list.length]
  if (one === undefined) throw new Error('an empty list')
  return one
}
const amounts = [1n, 7n, 10_000n, ALLO, 3n * ALLO + 1n, 500n * ALLO, 10n ** 23n, 10n ** 25n]
const values = ['20', '20.1', '19.9', '25', '-1000', '1000', '1e-300', '0']

/** The kinds of messages. */
export type DeedName =
  | 'infer'
  | 'forecast'
  | 'truth'
  | 'fund'
  | 'request'
  | 'addStake'
  | 'removeStake'
  | 'cancel'
  | 'delegate'
  | 'undelegate'
  | 'cancelUndelegate'
  | 'claim'
  | 'register'
  | 'unregister'
  | 'transfer'
  | 'params'
  | 'updateTopic'

/** Every kind of message, most of them sensible most of the time. */
export const deeds: Readonly<Record<DeedName, (stage: Stage, actor: TestActor, deed: Deed) => MessageToSend>> = {
  infer: ({ nonces }: Stage, actor: TestActor, { a, b }: Deed) =>
    messages.infer(actor, 1n, of(nonces, a < 12 ? 0 : a), of(values, b)),
  forecast: ({ nonces, actors }: Stage, actor: TestActor, { a, b }: Deed) =>
    messages.forecast(actor, 1n, of(nonces, a), [
      { inferer: of(actors, b).address, value: '-2' },
      { inferer: of(actors, a + b).address, value: `${b - 8}` },
    ]),
  truth: ({ nonces, told }: Stage, actor: TestActor, { a, b }: Deed) =>
    messages.truth(actor, 1n, a < 12 ? told : of(nonces, a), of(values, b < 12 ? 0 : b)),
  fund: (_: Stage, actor: TestActor, { a }: Deed) => messages.fund(actor, 1n, of(amounts, a)),
  request: (_: Stage, actor: TestActor, { a, b }: Deed) =>
    messages.request(actor, 1n, b < 4 ? 0n : of(amounts, a), { maxAge: BigInt(b), reference: `deed ${a}` }),
  addStake: (_: Stage, actor: TestActor, { a }: Deed) => messages.addStake(actor, 1n, of(amounts, a)),
  removeStake: (_: Stage, actor: TestActor, { a }: Deed) => messages.removeStake(actor, 1n, of(amounts, a)),
  cancel: (_: Stage, actor: TestActor) => messages.cancelRemoval(actor, 1n),
  delegate: ({ topic }: Stage, actor: TestActor, { a, b }: Deed) =>
    messages.delegate(actor, 1n, of(topic.reputers, b), of(amounts, a)),
  undelegate: ({ topic }: Stage, actor: TestActor, { a, b }: Deed) =>
    messages.removeDelegation(actor, 1n, of(topic.reputers, b), of(amounts, a)),
  cancelUndelegate: ({ topic }: Stage, actor: TestActor, { b }: Deed) =>
    messages.cancelDelegateRemoval(actor, 1n, of(topic.reputers, b)),
  claim: ({ topic }: Stage, actor: TestActor, { b }: Deed) => messages.claim(actor, 1n, of(topic.reputers, b)),
  register: (_: Stage, actor: TestActor, { a }: Deed) => messages.register(actor, 1n, a % 2 === 0),
  unregister: (_: Stage, actor: TestActor, { a }: Deed) => messages.unregister(actor, 1n, a % 2 === 0),
  transfer: ({ actors }: Stage, actor: TestActor, { a, b }: Deed) =>
    messages.transferOwner(actor, of(actors, b).address, a % 2 === 0),
  params: (_: Stage, actor: TestActor, { a, b }: Deed) =>
    messages.updateParams(actor, {
      minTopicWeight: [of(['1', '100', '1e30'], a)],
      maxTopInferersToReward: [BigInt(1 + (b % 4))],
      dataSendingFee: [of(['0', '10', '1000000000000000000'], a + b)],
    }),
  updateTopic: (_: Stage, actor: TestActor, { a }: Deed) =>
    messages.updateTopic(actor, 1n, { meritSortitionAlpha: of(['0', '0.1', '0.999'], a), alphaRegret: '0.5' }),
}

/** The names of deeds, and those that happen most. */
export const deedNames = Object.keys(deeds) as readonly Deed['what'][]
export const oftenDone: readonly Deed['what'][] = ['infer', 'infer', 'infer', 'truth', 'truth', 'truth', 'forecast']

/** Who does such a thing where it makes sense. */
function castOf({ workers, reputers }: TestTopic, what: Deed['what'], all: readonly TestActor[]): readonly TestActor[] {
  if (what === 'infer' || what === 'forecast') return workers
  return what === 'truth' ? reputers : all
}

/** The epochs of topic 1 as the next block finds them, and everybody who may do something. */
export function openStage(topic: TestTopic, others: readonly TestActor[]): Stage {
  const open = listOpenEpochs(topic.chain.stores, 1n)
  const next = BigInt(topic.chain.blocks.length) + 1n
  const told = open.find(({ truthOpen, truthClose }) => truthOpen <= next && next <= truthClose)?.nonce ?? topic.first
  const nonces = open.length === 0 ? [topic.first] : open.map(({ nonce }) => nonce).toReversed()
  const actors = [...topic.workers, ...topic.reputers, ...others, topic.creator]
  return { topic, actors, nonces, told }
}

/** Who does a deed, and the message that does it. */
export function perform(stage: Stage, deed: Deed): readonly [TestActor, MessageToSend] {
  const { topic, actors } = stage
  const actor = of(deed.who < 15 ? castOf(topic, deed.what, actors) : actors, deed.who)
  return [actor, deeds[deed.what](stage, actor, deed)]
}
