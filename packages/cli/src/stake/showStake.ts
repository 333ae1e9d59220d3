import type { Rest } from '@starling/sdk/http/createRest'
import { integerAt, textAt } from '@starling/sdk/http/json'
import { StarlingError } from '@starling/sdk/starlingError'
import type { Client } from '@starling/sdk/types'
import { chooseAccount, type Signer } from '../chain/chooseAccount.ts'
import { findTopic } from '../chain/findTopic.ts'
import { listTopics } from '../chain/listTopics.ts'
import { openRest } from '../chain/openRest.ts'
import { readAddress } from '../chain/readId.ts'
import { withClient } from '../chain/withClient.ts'
import type { Globals } from '../globals.ts'
import type { Io } from '../io.ts'
import { formatAllo } from '../output/formatAllo.ts'
import { formatTable } from '../output/formatTable.ts'
import { printJson } from '../output/printJson.ts'

/** The stake of an account in one topic, in uallo. */
export type ShownStake = {
  readonly topic: number
  readonly reputer: boolean
  readonly own: string
  /** By others upon this account. */
  readonly delegated: string
  /** What counts now, own and delegated: without what is being removed. */
  readonly eligible: string
  /** By this account upon others. */
  readonly delegating: string
  /** Own stake on its way out, and the block that pays it out. */
  readonly removing: { readonly amount: string; readonly height: number } | null
}

type Options = Globals & {
  readonly io: Io
  /** Default: the account that would sign. */
  readonly address: string | undefined
  /** Default: every topic. */
  readonly topic: string | undefined
  readonly signer: Signer
}

/** Prints what an account has staked, and what others have delegated to it. */
export async function showStake(options: Options): Promise<void> {
  const { io, json } = options
  const address = options.address === undefined ? undefined : readAddress('ADDRESS', options.address)
  await withClient(options, async (client) => {
    const shown = address ?? (await chooseAccount({ ...options, client }, options.signer, 'dev')).wallet.address
    const ids =
      options.topic === undefined
        ? (await listTopics(client)).map(({ topic }) => topic?.base?.id ?? 0n)
        : [(await findTopic(client, options.topic)).id]
    const all = await Promise.all(ids.map((id) => stakeIn({ client, rest: openRest(options.node) }, id, shown)))
    const stakes = options.topic === undefined ? all.filter(isOfInterest) : all
    if (json) return printJson(io, { address: shown, stakes })
    io.stdout.write(stakes.length === 0 ? `${shown} has no stake in any topic.\n` : formatStakes(shown, stakes))
  })
}

async function stakeIn(
  { client, rest }: { readonly client: Client; readonly rest: Rest },
  topicId: bigint,
  address: string,
): Promise<ShownStake> {
  const [{ reputer, stake, delegated, eligible }, delegating, removing] = await Promise.all([
    client.actorUnverified(topicId, address),
    rest.get(`/emissions/v10/delegate_stake/${address}/${topicId}`, (json) => textAt(json, 'amount')),
    readRemoval(rest, topicId, address),
  ])
  const own = BigInt(stake || '0') - BigInt(delegated || '0')
  return {
    topic: Number(topicId),
    reputer,
    own: own.toString(),
    delegated: delegated || '0',
    eligible: eligible || '0',
    delegating,
    removing,
  }
}

async function readRemoval(rest: Rest, topicId: bigint, address: string): Promise<ShownStake['removing']> {
  try {
    return await rest.get(`/emissions/v10/stake_removal/${address}/${topicId}`, (json) => ({
      amount: textAt(json, 'stake_removal_info', 'amount'),
      height: Number(integerAt(json, ['stake_removal_info', 'block_removal_completed'])),
    }))
  } catch (error) {
    if (error instanceof StarlingError && error.kind === 'not-found') return null
    throw error
  }
}

function isOfInterest({ reputer, own, delegated, delegating }: ShownStake): boolean {
  return reputer || own !== '0' || delegated !== '0' || delegating !== '0'
}

function formatStakes(address: string, stakes: readonly ShownStake[]): string {
  const right = { align: 'right' } as const
  const columns = [
    { head: 'topic', ...right },
    { head: 'reputer' },
    { head: 'own', ...right },
    { head: 'delegated', ...right },
    { head: 'counts now', ...right },
    { head: 'delegating', ...right },
    { head: 'on its way out' },
  ]
  const rows = stakes.map(({ topic, reputer, own, delegated, eligible, delegating, removing }) => [
    String(topic),
    reputer ? 'yes' : 'no',
    ...[own, delegated, eligible, delegating].map((uallo) => formatAllo(BigInt(uallo))),
    removing === null ? '-' : `${formatAllo(BigInt(removing.amount))} with block ${removing.height}`,
  ])
  return `${address}\n${formatTable(columns, rows)}`
}
