import type { ProofOp } from '@starling/protocol/proof/proofOp'

/** One ABCI event; attribute values are plain strings. */
export type AbciEvent = {
  readonly type: string
  readonly attributes: readonly { readonly key: string; readonly value: string; readonly index: boolean }[]
}

/** What a transaction did. `code` 0 = done; otherwise codespace + code name the error for ever. */
export type TxResult = {
  readonly code: number
  readonly codespace: string
  readonly log: string
  readonly data: Uint8Array
  readonly gasWanted: bigint
  readonly gasUsed: bigint
  readonly events: readonly AbciEvent[]
}

/** CheckTx also says who sends and with which sequence, so that a mempool can keep a sender's order. */
export type CheckResult = TxResult & { readonly sender: string; readonly sequence: bigint }

export type BlockInput = {
  readonly height: bigint
  /** Header time in milliseconds since 1970; enters no rule (SPEC GR-2). */
  readonly timeMs: bigint
  readonly txs: readonly Uint8Array[]
}

export type BlockResult = {
  readonly txResults: readonly TxResult[]
  readonly events: readonly AbciEvent[]
  readonly appHash: Uint8Array
}

export type QueryInput = {
  readonly path: string
  readonly data: Uint8Array
  /** 0 = newest committed. */
  readonly height: bigint
  readonly prove: boolean
}

export type QueryResult = {
  readonly code: number
  readonly codespace: string
  readonly log: string
  readonly key: Uint8Array
  readonly value: Uint8Array
  readonly height: bigint
  /** Where a proof was asked for: the steps from the value to the app hash. */
  readonly proofOps?: readonly ProofOp[]
}

/** The state machine as an engine sees it: ABCI 2.0 in plain synchronous calls. */
export interface Application {
  info(): { readonly height: bigint; readonly appHash: Uint8Array }
  initChain(genesis: { readonly chainId: string; readonly appState: unknown }): { readonly appHash: Uint8Array }
  checkTx(tx: Uint8Array, kind: 'new' | 'recheck'): CheckResult
  prepareProposal(input: BlockInput & { readonly maxBytes: number }): readonly Uint8Array[]
  processProposal(input: BlockInput): boolean
  finalizeBlock(input: BlockInput): BlockResult
  /** Makes the finalised block durable. */
  commit(): void
  query(input: QueryInput): QueryResult
}
