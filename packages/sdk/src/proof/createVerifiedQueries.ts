import { StarlingError } from '../starlingError.ts'
import type { Client, Verified } from '../types.ts'
import { createLightClient, type TrustOptions } from './createLightClient.ts'
import type { LightSource } from './lightSource.ts'
import { openSnapshot, type Snapshot } from './snapshot.ts'

/** The part of a client that believes nobody. */
export type VerifiedQueries = Pick<
  Client,
  'snapshot' | 'topic' | 'answer' | 'epoch' | 'receipt' | 'balance' | 'account'
>

/** Reads that are proven from a trusted block on (SPEC QA-1). */
export function createVerifiedQueries(source: LightSource, options: TrustOptions): VerifiedQueries {
  const light = createLightClient(source, options)
  const snapshot = async (): Promise<Snapshot> => {
    const head = await light.newest()
    if (head.header.height > 1n) return openSnapshot(source, light, head)
    throw new StarlingError(
      'unavailable',
      'The chain has one block so far: the next one proves its state. Ask again then.',
    )
  }
  const ask = async <T>(read: (state: Snapshot) => Promise<T>): Promise<Verified<T>> => {
    const state = await snapshot()
    return { value: await read(state), at: state.at }
  }
  return {
    snapshot,
    topic: (id) => ask((state) => state.topic(id)),
    answer: (id, nonce) => ask((state) => state.answer(id, nonce)),
    epoch: (id, nonce) => ask((state) => state.epoch(id, nonce)),
    receipt: (id) => ask((state) => state.receipt(id)),
    balance: (address) => ask((state) => state.balance(address)),
    account: (address) => ask((state) => state.account(address)),
  }
}
