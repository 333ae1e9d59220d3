/** What limits the subsidy of an epoch, and what a topic's bootstrap stands at; amounts in uallo. SPEC PW-2 */
export type SubsidyTerms = {
  /** Part of the fees burned that may be minted, and the validators' share of what is: decimal texts from 0 to 1. */
  readonly factor: string
  readonly validatorsShare: string
  /** What may be minted without any fees. */
  readonly allowance: bigint
  /** Most that the epoch may keep back: 0 after the term, and without enough stake. */
  readonly bootstrapLimit: bigint
  /** True from the last settled epoch of the term on. */
  readonly termEnded: boolean
  /** An epoch with an edge releases one part in so many of what is held. */
  readonly divisor: bigint
  readonly heldBefore: bigint
}
