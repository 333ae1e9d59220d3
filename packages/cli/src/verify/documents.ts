import type { Mismatch } from '@starling/protocol/replay/types'

/** What was read, and how far it is proven. */
export type ProofDocument = {
  readonly status: 'verified' | 'unverified'
  readonly height: number
  readonly hash: string
}

/** What `verify --json` prints of one epoch. */
export type VerifiedDocument = {
  readonly topic: number
  readonly nonce: number
  /** Where its record was read from. */
  readonly source: 'state' | 'archive'
  readonly status: 'match' | 'mismatch'
  readonly compared: number
  readonly mismatches: readonly Mismatch[]
  readonly payments: {
    readonly events: 'compared' | 'skipped'
    readonly balances: 'compared' | 'skipped'
    readonly reason?: string
  }
  readonly proof: ProofDocument
}

/** What it prints of several. */
export type VerifiedSpanDocument = Pick<VerifiedDocument, 'topic' | 'status' | 'compared' | 'proof'> & {
  readonly from: number
  readonly to: number
  readonly mismatches: readonly (Mismatch & { readonly nonce: number })[]
  readonly epochs: readonly VerifiedDocument[]
}
