import { checkInvariants } from '@starling/node/app/testing/checkInvariants'
import { ALLO, openTestTopic } from '@starling/node/app/testing/openTestTopic'
import { sealedPolicy } from '@starling/node/app/testing/sealedMessages'
import { messages, numberPolicy } from '@starling/node/app/testing/testMessages'
import { testActors } from '@starling/node/app/testing/testNetwork'
import { getAccount } from '@starling/node/modules/auth/view'
import { listOpenEpochs } from '@starling/node/modules/epochs/view'

const SENDERS = 12
const senders = testActors('sender', SENDERS)

/** Comes after topic 1 and those that the senders create. */
const SEALED = BigInt(SENDERS) + 2n

/**
 * A chain in full work: a dozen senders that are admins, workers, reputers and delegators of topic 1 at once, and work in
 * a topic with sealed submissions too.
 */
export function openScene() {
  const topic = openTestTopic({ admins: [...senders], others: [...senders] })
  const [bob] = topic.reputers
  topic.mustBlock(
    ...senders.flatMap((one) => [
      [one, messages.register(one, 1n), messages.register(one, 1n, true), messages.addStake(one, 1n, ALLO)],
      [one, messages.delegate(one, 1n, bob, ALLO), messages.createTopic(one, { name: 'wind' })],
      [one, messages.removeStake(one, 1n, 5n), messages.removeDelegation(one, 1n, bob, 5n)],
    ]),
  )
  const policy = { ...numberPolicy, ...sealedPolicy }
  const [creator] = senders
  topic.mustBlock(
    [creator, messages.createTopic(creator, { name: 'sealed', workerSubmissionWindow: 4n, policy })],
    ...senders.map((one) => [one, messages.register(one, SEALED), messages.register(one, SEALED, true)]),
    ...senders.map((one) => [one, messages.addStake(one, SEALED, 100n * ALLO)]),
  )
  const { stores, application } = topic.chain
  const { reputers, workers, first } = topic
  return {
    application,
    stores,
    senders,
    reputers,
    workers,
    first,
    epochLength: topic.epochLength,
    /** The newest epoch of the topic with sealed submissions. */
    sealed: () => ({ topicId: SEALED, nonce: listOpenEpochs(stores, SEALED).at(-1)?.nonce ?? 1n }),
    height: () => stores.latest().version,
    place: ({ address }) => {
      const { accountNumber, sequence } = getAccount(stores, address)
      return { accountNumber, sequence }
    },
    check: () => checkInvariants(stores),
  }
}
