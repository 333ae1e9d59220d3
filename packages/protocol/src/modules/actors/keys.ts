import { pathKey, pathPrefix } from '../../bytes/pathKey.ts'

/** The two kinds of participants that register. */
export type ActorRole = 'worker' | 'reputer'

/** Keys of the actors store. */
export const actorsKeys: {
  /** Present for a participant of a topic. */
  readonly member: (role: ActorRole, topicId: bigint, address: string) => Uint8Array
  readonly members: (role: ActorRole, topicId: bigint) => Uint8Array
  /** How many there are, as decimal text. */
  readonly count: (role: ActorRole, topicId: bigint) => Uint8Array
  /** An `emissions.v3.OffchainNode`: who owns the address, in all topics. */
  readonly node: (role: ActorRole, address: string) => Uint8Array
} = {
  member: (role, topicId, address) => pathKey(role, topicId, address),
  members: (role, topicId) => pathPrefix(role, topicId),
  count: (role, topicId) => pathKey('count', role, topicId),
  node: (role, address) => pathKey('node', role, address),
}
