import type { EpochRecord } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { type Actor, type Moment, startActor } from '../shared/actor.ts'
import { closedEpochs } from '../shared/chainEvents.ts'
import { sentenceOf } from '../shared/failure.ts'
import type { DaemonOptions } from '../shared/options.ts'
import { systemTimers } from '../shared/timers.ts'

/** What a consumer is made of. */
export type ConsumerOptions = DaemonOptions & {
  /** What a closed epoch was worth, in uallo; 0 = nothing. */
  readonly worthOf: (epoch: EpochRecord) => bigint
}

/** Somebody who uses a topic's answers and pays for each what it was worth. */
export type Consumer = Actor

/** Starts a consumer: after each closed epoch of the topic it funds the topic with what the epoch was worth to it. */
export function startConsumer(options: ConsumerOptions): Consumer {
  const { client, sender, log, timers = systemTimers } = options
  const handle = async (moment: Moment): Promise<void> => {
    for (const nonce of closedEpochs(moment.events, options.topicId)) await pay(options, nonce)
  }
  return startActor({ client, address: sender.address, log, timers, handle })
}

async function pay({ client, sender, topicId, worthOf, log }: ConsumerOptions, nonce: bigint): Promise<void> {
  try {
    const amount = worthOf(await client.epochUnverified(topicId, nonce))
    if (amount <= 0n) return
    const value = { sender: sender.address, topicId, amount: amount.toString() }
    await sender.send([{ typeUrl: '/emissions.v10.FundTopicRequest', value }])
  } catch (error) {
    log.warn(`epoch ${nonce}: topic ${topicId} could not be funded. ${sentenceOf(error)}`)
  }
}
