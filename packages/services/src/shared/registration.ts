import type { Client, Sender } from '@starling/sdk/types'
import { sentenceOf } from './failure.ts'
import type { Funds } from './funds.ts'
import { createSayOnce, type Log } from './log.ts'
import { createSoloTx } from './soloTx.ts'

/** What the chain takes for a registration beside the transaction's fee, in uallo: the presets' `registration_fee`. */
const REGISTRATION_FEE = 200n

/** Sees to it that an account is registered in a topic. */
export type Registration = {
  /** True once the account is registered; otherwise it has been seen to, and the next block may show it. */
  ensure(stop: AbortSignal): Promise<boolean>
  /** The chain says that the account is not registered. */
  lost(): void
}

/** What a registration is made of. */
export type RegistrationOptions = {
  readonly client: Client
  readonly sender: Sender
  readonly topicId: bigint
  readonly role: 'worker' | 'reputer'
  readonly funds: Funds
  readonly log: Log
}

/** Registers the account, owned by itself, where it is not registered yet. */
export function createRegistration(options: RegistrationOptions): Registration {
  const { client, sender, topicId, role, funds, log } = options
  const message = {
    typeUrl: '/emissions.v10.RegisterRequest' as const,
    value: { sender: sender.address, topicId, owner: sender.address, isReputer: role === 'reputer' },
  }
  let registered = false
  const occasion = `registration as ${role}`
  const once = createSayOnce(log)
  const fail = (error: unknown): void =>
    once.say('error', occasion, `${sender.address} cannot register as ${role}: ${sentenceOf(error)}`)
  const affordable = (): Promise<boolean> => funds.enough([message], occasion, REGISTRATION_FEE)
  const tx = createSoloTx(sender, funds, fail)
  return {
    async ensure(stop) {
      if (registered) return true
      // The chain decides, not the fate of the transaction: so the same block shows it in every run.
      registered = (await client.actorUnverified(topicId, sender.address))[role]
      if (registered) log.info(`${sender.address} is registered as ${role} of topic ${topicId}.`)
      else if (!tx.isUnderWay() && (await affordable()) && !stop.aborted) await tx.send(message, stop)
      return registered
    },
    lost() {
      registered = false
    },
  }
}
