import { checkInvariants } from '@starling/node/app/testing/checkInvariants'
import { ALLO, openTestTopic } from '@starling/node/app/testing/openTestTopic'
import { messages } from '@starling/node/app/testing/testMessages'
import { testActors } from '@starling/node/app/testing/testNetwork'
import { getAccount } from '@starling/node/modules/auth/view'

const SENDERS = 12
const senders = testActors('sender', SENDERS)

/** A chain in full work: a dozen senders that are admins, workers, reputers and delegators of topic 1 at once. */
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
    height: () => stores.latest().version,
    place: ({ address }) => {
      const { accountNumber, sequence } = getAccount(stores, address)
      return { accountNumber, sequence }
    },
    check: () => checkInvariants(stores),
  }
}
