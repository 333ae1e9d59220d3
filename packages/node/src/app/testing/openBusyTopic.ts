import { getAccount } from '../../modules/auth/view.ts'
import { ALLO, openTestTopic, predict, type TestTopic } from './openTestTopic.ts'
import { sealedPolicy, sealForecast, sealInference, sealTruth } from './sealedMessages.ts'
import { type TestActor, testActor } from './testChain.ts'
import { messages, numberPolicy } from './testMessages.ts'
import { validMessages } from './validMessages.ts'

/** A topic in the middle of its epochs, in which every kind of message has something to act upon. */
export type BusyTopic = {
  readonly topic: TestTopic
  /** Creator, worker, reputer and delegator in one. */
  readonly alice: TestActor
  /** Height of the next block. */
  readonly height: bigint
  /** What Alice's next transaction is signed with. */
  readonly place: { readonly accountNumber: bigint; readonly sequence: bigint }
  /** A message of each kind that Alice may send in the next block. */
  readonly valid: ReturnType<typeof validMessages>
}

/** In the next block topic 3 takes reveals, of workers and of reputers, while topic 4 takes commitments. */
const TO_REVEAL = 3n
const TO_COMMIT = 4n

/** Opens the topic, with stake of both kinds that comes and goes and two epochs with work. */
export function openBusyTopic(): BusyTopic {
  const topic = openTestTopic({ admins: [testActor('creator')] })
  const { creator: alice, reputers, workers, first } = topic
  const { stores } = topic.chain
  const [bob = alice] = reputers
  topic.mustBlock(
    [alice, messages.createTopic(alice), messages.register(alice, 1n), messages.register(alice, 1n, true)],
    [alice, messages.addStake(alice, 1n, ALLO), messages.delegate(alice, 1n, bob, ALLO)],
    [alice, messages.removeStake(alice, 1n, 5n), messages.removeDelegation(alice, 1n, bob, 5n)],
  )
  openSealedTopics(topic)
  topic.mineTo(first + 10n)
  predict(topic, first + 10n, ['20', '21', '30'])
  topic.mineTo(first + 14n)
  const work = { topicId: TO_REVEAL, nonce: first + 14n }
  const truth = { topicId: TO_REVEAL, nonce: first + 9n }
  const elements = workers.map(({ address: inferer }) => ({ inferer, value: '-1.5' }))
  topic.mustBlock([
    alice,
    sealInference(alice, work, '20').commit,
    sealForecast(alice, work, elements).commit,
    sealTruth(alice, truth, '20').commit,
  ])
  const account = getAccount(stores, alice.address)
  return {
    topic,
    alice,
    height: topic.height() + 1n,
    place: { accountNumber: account?.accountNumber ?? 0n, sequence: account?.sequence ?? 0n },
    valid: validMessages(stores, {
      sender: alice,
      reputer: bob,
      workers,
      nonce: first + 15n,
      told: first + 10n,
      sealed: { toCommit: { topicId: TO_COMMIT, nonce: first + 14n }, work, truth },
    }),
  }
}

/** Two topics with sealed submissions whose first epochs open at the ninth block after that of topic 1. */
function openSealedTopics(topic: TestTopic): void {
  const { creator: alice, first } = topic
  const create = (policy: object) =>
    messages.createTopic(alice, { workerSubmissionWindow: 4n, policy: { ...numberPolicy, ...sealedPolicy, ...policy } })
  topic.mineTo(first + 3n)
  topic.mustBlock(
    [alice, create({ workerCommitWindow: 1n, workerRevealWindow: 3n, truthCommitWindow: 1n }), create({})],
    ...[TO_REVEAL, TO_COMMIT].map(
      (id) => [alice, messages.register(alice, id), messages.register(alice, id, true)] as const,
    ),
    ...[TO_REVEAL, TO_COMMIT].map((id) => [alice, messages.addStake(alice, id, 100n * ALLO)] as const),
  )
}
