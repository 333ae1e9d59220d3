import { type OffchainNode, OffchainNodeSchema } from '@starling/protocol/gen/emissions/v3/types_pb'
import { type ActorRole, actorsKeys } from '@starling/protocol/modules/actors/keys'
import type { State, StateReader } from '../../app/context.ts'
import { getMessage, getWhole, listLastParts, putMark, putMessage, putWhole } from '../../store/values.ts'

/** Whether an address is registered in a topic. */
export function isRegistered(state: StateReader, role: ActorRole, topicId: bigint, address: string): boolean {
  return state.store('actors').get(actorsKeys.member(role, topicId, address)) !== undefined
}

/** Adds a participant to a topic. */
export function addMember(state: State, role: ActorRole, topicId: bigint, address: string): void {
  const store = state.store('actors')
  putMark(store, actorsKeys.member(role, topicId, address))
  putWhole(store, actorsKeys.count(role, topicId), countMembers(state, role, topicId) + 1n)
}

/** Takes a participant out of a topic. */
export function removeMember(state: State, role: ActorRole, topicId: bigint, address: string): void {
  const store = state.store('actors')
  store.delete(actorsKeys.member(role, topicId, address))
  putWhole(store, actorsKeys.count(role, topicId), countMembers(state, role, topicId) - 1n)
}

/** How many participants a topic has. */
export function countMembers(state: StateReader, role: ActorRole, topicId: bigint): bigint {
  return getWhole(state.store('actors'), actorsKeys.count(role, topicId))
}

/** Participants of a topic with an address above `after`, at most `limit`. */
export function listMembers(
  state: StateReader,
  role: ActorRole,
  topicId: bigint,
  { after, limit }: { readonly after: string; readonly limit: number },
): readonly string[] {
  const start = actorsKeys.member(role, topicId, after)
  const listed = [
    ...listLastParts(state.store('actors'), actorsKeys.members(role, topicId), {
      ...(after === '' ? {} : { start }),
      limit: limit + 1,
    }),
  ]
  return listed.filter((address) => address !== after).slice(0, limit)
}

/** Who owns an address, in all topics; undefined where it never registered. */
export function getNode(state: StateReader, role: ActorRole, address: string): OffchainNode | undefined {
  return getMessage(state.store('actors'), OffchainNodeSchema, actorsKeys.node(role, address))
}

export function setNode(state: State, role: ActorRole, node: OffchainNode): void {
  putMessage(state.store('actors'), OffchainNodeSchema, actorsKeys.node(role, node.nodeAddress), node)
}
