import type { GenesisState } from '@starling/node/app/genesis'
import { devnetGenesis } from '@starling/protocol/presets/devnetGenesis'
import { type Cast, listCast } from './cast.ts'

/** Genesis of a local network: everybody of the cast has coins, and the operator may change parameters. */
export function localGenesis(cast: Cast): GenesisState {
  return {
    ...devnetGenesis,
    balances: listCast(cast).map(({ wallet, funds }) => ({ address: wallet.address, amount: funds.toString() })),
    admins: [cast.operator.wallet.address],
  }
}
