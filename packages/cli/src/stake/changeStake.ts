import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import type { Rest } from '@starling/sdk/http/createRest'
import { textAt } from '@starling/sdk/http/json'
import type { Client } from '@starling/sdk/types'
import { type Account, chooseAccount, type Signer } from '../chain/chooseAccount.ts'
import { findTopic } from '../chain/findTopic.ts'
import { openRest } from '../chain/openRest.ts'
import { readAmount } from '../chain/readAmount.ts'
import { readAddress } from '../chain/readId.ts'
import { attributeOf, sendTx, type Told } from '../chain/sendTx.ts'
import { withClient } from '../chain/withClient.ts'
import { CliError } from '../cliError.ts'
import type { Globals } from '../globals.ts'
import type { Io } from '../io.ts'
import { formatAllo } from '../output/formatAllo.ts'

/** What to do with stake. */
export type StakeChange =
  | { readonly kind: 'add' | 'remove'; readonly amount: string }
  | { readonly kind: 'delegate' | 'undelegate'; readonly reputer: string; readonly amount: string }
  | { readonly kind: 'cancel'; readonly reputer: string | undefined }
  | { readonly kind: 'rewards'; readonly reputer: string }

type Options = Globals & {
  readonly io: Io
  readonly topic: string
  readonly change: StakeChange
  readonly signer: Signer
}

/** Moves stake of a topic, own or delegated; what cannot succeed is refused before anything is signed. */
export async function changeStake(options: Options): Promise<void> {
  const { change } = options
  const amount = 'amount' in change ? readAmount(change.amount) : 0n
  const reputer = 'reputer' in change && change.reputer !== undefined ? readAddress('REPUTER', change.reputer) : ''
  await withClient(options, async (client) => {
    const { id: topicId } = await findTopic(client, options.topic)
    const account = await chooseAccount({ ...options, client }, options.signer, 'dev')
    if (change.kind === 'remove') checkEnough(await ownStake(client, topicId, account), amount, account, topicId)
    if (change.kind === 'undelegate') {
      checkEnough(await delegation(openRest(options.node), topicId, account, reputer), amount, account, topicId)
    }
    const facts = { topicId, sender: account.wallet.address, amount: amount.toString() }
    await sendTx({ ...options, client, account }, [messageOf(change.kind, facts, reputer)], (tx) => {
      const done = attributeOf(tx, 'emissions.v10.EventRequestStakeRemoval', 'completion_height')
      return tellChange(change.kind, account, { topicId, amount, reputer, done })
    })
  })
}

type Facts = { readonly topicId: bigint; readonly sender: string; readonly amount: string }

function messageOf(kind: StakeChange['kind'], facts: Facts, reputer: string): MessageToSend {
  const { topicId, sender, amount } = facts
  switch (kind) {
    case 'add':
      return { typeUrl: '/emissions.v10.AddStakeRequest', value: facts }
    case 'remove':
      return { typeUrl: '/emissions.v10.RemoveStakeRequest', value: facts }
    case 'delegate':
      return { typeUrl: '/emissions.v10.DelegateStakeRequest', value: { ...facts, reputer } }
    case 'undelegate':
      return { typeUrl: '/emissions.v10.RemoveDelegateStakeRequest', value: { sender, topicId, reputer, amount } }
    case 'rewards':
      return { typeUrl: '/emissions.v10.RewardDelegateStakeRequest', value: { sender, topicId, reputer } }
    case 'cancel':
      return reputer === ''
        ? { typeUrl: '/emissions.v10.CancelRemoveStakeRequest', value: { sender, topicId } }
        : {
            typeUrl: '/emissions.v10.CancelRemoveDelegateStakeRequest',
            value: { sender, topicId, delegator: sender, reputer },
          }
  }
}

async function ownStake(client: Client, topicId: bigint, { wallet }: Account): Promise<bigint> {
  const { stake, delegated } = await client.actorUnverified(topicId, wallet.address)
  return BigInt(stake || '0') - BigInt(delegated || '0')
}

function delegation(rest: Rest, topicId: bigint, { wallet }: Account, reputer: string): Promise<bigint> {
  const path = `/emissions/v10/delegate_stake/${wallet.address}/${reputer}/${topicId}`
  return rest.get(path, (json) => BigInt(textAt(json, 'amount')))
}

function checkEnough(has: bigint, wanted: bigint, { name }: Account, topicId: bigint): void {
  if (wanted <= has) return
  throw new CliError(
    2,
    `${name} has ${formatAllo(has)} there in topic ${topicId}, less than ${formatAllo(wanted)}. Nothing was signed.`,
  )
}

type ToldFacts = {
  readonly topicId: bigint
  readonly amount: bigint
  readonly reputer: string
  /** Height at which removed stake is paid out. */
  readonly done: string | undefined
}

function tellChange(kind: StakeChange['kind'], { name }: Account, { topicId, amount, reputer, done }: ToldFacts): Told {
  const coins = formatAllo(amount)
  const paid = done === undefined ? '' : ` It counts no more, and is paid out with block ${done}.`
  const sentences = {
    add: `${name} added ${coins} of stake to topic ${topicId}.`,
    remove: `${name} takes ${coins} of stake out of topic ${topicId}.${paid}`,
    delegate: `${name} delegated ${coins} to ${reputer} in topic ${topicId}.`,
    undelegate: `${name} takes ${coins} back from ${reputer} in topic ${topicId}.${paid}`,
    cancel: `The removal of ${name} in topic ${topicId} is cancelled: the stake stays.`,
    rewards: `${name} claimed what its delegation to ${reputer} in topic ${topicId} has earned.`,
  } as const
  return {
    sentence: sentences[kind],
    fields: {
      topic: Number(topicId),
      ...(amount === 0n ? {} : { amount: amount.toString() }),
      ...(reputer === '' ? {} : { reputer }),
      ...(done === undefined ? {} : { completionHeight: Number(done) }),
    },
  }
}
