import type { Line } from '@starling/protocol/replay/explain/types'
import type { ProofDocument } from '../verify/documents.ts'

/** What `explain --json` prints. */
export type ExplainedDocument = {
  readonly address: string
  readonly topic: number
  readonly nonce: number
  readonly status: string
  readonly lines: readonly Line[]
  /** uallo. */
  readonly paid: string
  /** Why it earned nothing. */
  readonly reason?: string
  readonly proof: ProofDocument
}
