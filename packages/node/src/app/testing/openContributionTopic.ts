import { createDice } from './dice.ts'
import { openTestTopic, type TestTopic } from './openTestTopic.ts'
import { sealedPolicy, sealForecast, sealInference, sealTruth } from './sealedMessages.ts'
import type { TestActor } from './testChain.ts'

/** A topic with the best rules there are, all submissions sealed, whose epochs up to `last` have closed. */
export type ContributionTopic = TestTopic & {
  readonly skilled: TestActor
  /** As good as the skilled one, but silent in every seventh epoch. */
  readonly sleepy: TestActor
  /** Wrong by more than any guess. */
  readonly junk: TestActor
  /** Good, and there since the fifteenth epoch. */
  readonly newcomer: TestActor
  /** Good, but it does not reveal in the last epoch. */
  readonly careless: TestActor
  /** Knows the loss of each inference. */
  readonly forecaster: TestActor
  /** Reports what is not true. */
  readonly liar: TestActor
  /** Nonces of its epochs, oldest first. */
  readonly nonces: readonly bigint[]
}

const EPOCH = 5n
const COMMIT = 2n
const TRUTHS = 20
const JOINS = 15

/** Opens the topic and runs so many epochs: the truth jumps about, and a model knows it better than a guess. */
export function openContributionTopic(epochs: number): ContributionTopic {
  const topic = openTestTopic({
    ...{ workers: 6, epochLength: EPOCH, groundTruthLag: EPOCH, workerSubmissionWindow: 4n },
    policy: { ...sealedPolicy, submissions: 'sealed' },
  })
  const [skilled, sleepy, junk, newcomer, careless, forecaster] = topic.workers
  const liar = topic.reputers[0]
  if (!skilled || !sleepy || !junk || !newcomer || !careless || !forecaster || !liar) throw new Error('too few actors')
  const roll = createDice(5)
  const noise = (size: number): number => ((roll(2001) - 1000) / 1000) * size
  let previous: { readonly nonce: bigint; readonly truth: number } | undefined
  const nonces: bigint[] = []
  for (let i = 0; i <= epochs; i += 1) {
    const nonce = topic.first + EPOCH * BigInt(i)
    const place = { topicId: 1n, nonce }
    const truth = TRUTHS + noise(5)
    const guesses = [
      { actor: skilled, value: truth + noise(1) },
      { actor: sleepy, value: truth + noise(1) },
      { actor: junk, value: truth + 15 + noise(1) },
      { actor: newcomer, value: truth + noise(1) },
      { actor: careless, value: truth + noise(1.5) },
    ].filter(({ actor }) => !(actor === sleepy && i % 7 === 3) && !(actor === newcomer && i < JOINS))
    const elements = guesses.map(({ actor, value }) => ({
      inferer: actor.address,
      value: Math.log10((value - truth) ** 2 + 1e-12).toFixed(6),
    }))
    const work = [
      ...guesses.map(({ actor, value }) => ({ actor, sealed: sealInference(actor, place, value.toFixed(6)) })),
      { actor: forecaster, sealed: sealForecast(forecaster, place, elements) },
    ]
    const told = previous
    const truths =
      told === undefined
        ? []
        : topic.reputers.map((actor) => {
            const value = actor === liar ? told.truth + 9 : told.truth
            return { actor, sealed: sealTruth(actor, { topicId: 1n, nonce: told.nonce }, value.toFixed(6)) }
          })
    topic.mineTo(nonce)
    topic.mustBlock(...[...work, ...truths].map(({ actor, sealed }) => [actor, sealed.commit] as const))
    topic.mineTo(nonce + COMMIT)
    const revealed = work.filter(({ actor }) => !(actor === careless && i === epochs - 1))
    topic.mustBlock(...[...revealed, ...truths].map(({ actor, sealed }) => [actor, sealed.reveal] as const))
    previous = { nonce, truth }
    if (i < epochs) nonces.push(nonce)
  }
  topic.mineTo(topic.first + EPOCH * BigInt(epochs + 1))
  return { ...topic, skilled, sleepy, junk, newcomer, careless, forecaster, liar, nonces }
}
