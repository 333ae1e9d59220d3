import type { Wallet } from '@starling/sdk/types'

/** Somebody with a key and coins of genesis. */
export type CastMember = { readonly name: string; readonly wallet: Wallet; readonly funds: bigint }
