import { pathKey, pathPrefix } from '../../bytes/pathKey.ts'

/** Keys of the stake store. Amounts are decimal text in uallo; zeros are deleted. SPEC lifecycle 5.1 */
export const stakeKeys: {
  readonly total: () => Uint8Array
  /** Own and delegated stake of a reputer in a topic. */
  readonly authority: (topicId: bigint, reputer: string) => Uint8Array
  readonly authorities: (topicId: bigint) => Uint8Array
  readonly delegatorSum: (topicId: bigint, delegator: string) => Uint8Array
  readonly delegatorSums: () => Uint8Array
  /** An `emissions.v3.DelegatorInfo`; the debt is an integer on the scale of `rewardPerShare`. */
  readonly placement: (topicId: bigint, delegator: string, reputer: string) => Uint8Array
  readonly placements: () => Uint8Array
  readonly delegatedUpon: (topicId: bigint, reputer: string) => Uint8Array
  readonly delegatedUpons: () => Uint8Array
  /** Rewards of one uallo of delegation since ever, times 10^36. */
  readonly rewardPerShare: (topicId: bigint, reputer: string) => Uint8Array
  /** Delegations that do not earn yet, of all delegators, by the least nonce that they may earn in: lines of `height amount`. SPEC PW-3 */
  readonly joining: (topicId: bigint, reputer: string) => Uint8Array
  /** The same of one delegation. */
  readonly joiningOf: (topicId: bigint, delegator: string, reputer: string) => Uint8Array
  /** `rewardPerShare` from which on the delegations of such a height earn. */
  readonly joined: (topicId: bigint, reputer: string, height: bigint) => Uint8Array
  /** Stake that is being removed, own and delegated: it no longer counts. */
  readonly leaving: (topicId: bigint, reputer: string) => Uint8Array
  /** What counted from which height on: lines of `height amount`, oldest first. SPEC PW-3 */
  readonly history: (topicId: bigint, reputer: string) => Uint8Array
  /** An `emissions.v3.StakeRemovalInfo`. */
  readonly removal: (height: bigint, topicId: bigint, reputer: string) => Uint8Array
  readonly removals: () => Uint8Array
  /** Height of the one pending removal. */
  readonly removalOf: (reputer: string, topicId: bigint) => Uint8Array
  /** An `emissions.v3.DelegateStakeRemovalInfo`. */
  readonly delegateRemoval: (height: bigint, topicId: bigint, delegator: string, reputer: string) => Uint8Array
  readonly delegateRemovals: () => Uint8Array
  readonly delegateRemovalOf: (delegator: string, reputer: string, topicId: bigint) => Uint8Array
} = {
  total: () => pathKey('total'),
  authority: (topicId, reputer) => pathKey('authority', topicId, reputer),
  authorities: (topicId) => pathPrefix('authority', topicId),
  delegatorSum: (topicId, delegator) => pathKey('delegator_sum', topicId, delegator),
  delegatorSums: () => pathPrefix('delegator_sum'),
  placement: (topicId, delegator, reputer) => pathKey('placement', topicId, delegator, reputer),
  placements: () => pathPrefix('placement'),
  delegatedUpon: (topicId, reputer) => pathKey('delegated_upon', topicId, reputer),
  delegatedUpons: () => pathPrefix('delegated_upon'),
  rewardPerShare: (topicId, reputer) => pathKey('reward_per_share', topicId, reputer),
  joining: (topicId, reputer) => pathKey('joining', topicId, reputer),
  joiningOf: (topicId, delegator, reputer) => pathKey('joining_of', topicId, delegator, reputer),
  joined: (topicId, reputer, height) => pathKey('joined', topicId, reputer, height),
  leaving: (topicId, reputer) => pathKey('leaving', topicId, reputer),
  history: (topicId, reputer) => pathKey('history', topicId, reputer),
  removal: (height, topicId, reputer) => pathKey('removal', height, topicId, reputer),
  removals: () => pathPrefix('removal'),
  removalOf: (reputer, topicId) => pathKey('removal_of', reputer, topicId),
  delegateRemoval: (height, topicId, delegator, reputer) =>
    pathKey('delegate_removal', height, topicId, delegator, reputer),
  delegateRemovals: () => pathPrefix('delegate_removal'),
  delegateRemovalOf: (delegator, reputer, topicId) => pathKey('delegate_removal_of', delegator, reputer, topicId),
}
