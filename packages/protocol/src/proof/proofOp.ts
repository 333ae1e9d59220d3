/** One step of a proof as CometBFT's RPC carries it: how to check it, the key it is about, and the encoded proof. */
export type ProofOp = { readonly type: string; readonly key: Uint8Array; readonly data: Uint8Array }
