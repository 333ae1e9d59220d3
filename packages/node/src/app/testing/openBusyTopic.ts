import { getAccount } from '../../modules/auth/view.ts'
import { ALLO, openTestTopic, predict, type TestTopic } from './openTestTopic.ts'
import { type TestActor, testActor } from './testChain.ts'
import { messages } from './testMessages.ts'
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
  topic.mineTo(first + 5n)
  predict(topic, first + 5n, ['20', '21', '30'])
  topic.mineTo(first + 10n)
  const account = getAccount(stores, alice.address)
  return {
    topic,
    alice,
    height: topic.height() + 1n,
    place: { accountNumber: account?.accountNumber ?? 0n, sequence: account?.sequence ?? 0n },
    valid: validMessages(stores, { sender: alice, reputer: bob, workers, nonce: first + 10n, told: first + 5n }),
  }
}
