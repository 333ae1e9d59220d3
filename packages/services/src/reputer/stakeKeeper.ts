import type { Client, Sender } from '@starling/sdk/types'
import { sentenceOf } from '../shared/failure.ts'
import type { Funds } from '../shared/funds.ts'
import type { Log } from '../shared/log.ts'
import { createSoloTx } from '../shared/soloTx.ts'

/** Sees to it that a reputer has its stake. */
export type StakeKeeper = {
  /** Adds what is missing; once the chain shows the stake there is nothing more to do. */
  keep(stop: AbortSignal): Promise<void>
}

/** What a stake keeper is made of. */
export type StakeKeeperOptions = {
  readonly client: Client
  readonly sender: Sender
  readonly topicId: bigint
  /** In uallo. */
  readonly wanted: bigint
  readonly funds: Funds
  readonly log: Log
}

/** Tops the stake of a reputer up to `wanted`, once. */
export function createStakeKeeper({ client, sender, topicId, wanted, funds, log }: StakeKeeperOptions): StakeKeeper {
  let isKept = wanted <= 0n
  const tx = createSoloTx(sender, funds, (error) =>
    log.error(`${sender.address} cannot add stake: ${sentenceOf(error)}`),
  )

  const add = async (missing: bigint, stop: AbortSignal): Promise<void> => {
    const message = {
      typeUrl: '/emissions.v10.AddStakeRequest' as const,
      value: { sender: sender.address, topicId, amount: missing.toString() },
    }
    if (!(await funds.enough([message], `stake of ${missing}uallo`, missing)) || stop.aborted) return
    if (await tx.send(message, stop)) log.info(`${sender.address} adds ${missing}uallo of stake to topic ${topicId}.`)
  }
  return {
    async keep(stop) {
      if (isKept) return
      const missing = wanted - BigInt((await client.actorUnverified(topicId, sender.address)).stake || '0')
      if (missing <= 0n) isKept = true
      else if (!tx.isUnderWay()) await add(missing, stop)
    },
  }
}
