import type { GenesisState } from '@starling/node/app/genesis'
import type { Validator } from '@starling/protocol/proof/cometTypes'

/** What a genesis file says. */
export type CometGenesis = {
  readonly chainId: string
  readonly time: Date
  readonly validators: readonly Validator[]
  readonly appState: GenesisState
}

/** A genesis file of CometBFT 0.38 with its default limits: blocks from height 1, every validator from the start. */
export function cometGenesis({ chainId, time, validators, appState }: CometGenesis): string {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
  const genesis = {
    genesis_time: time.toISOString(),
    chain_id: chainId,
    initial_height: '1',
    consensus_params: {
      block: { max_bytes: '22020096', max_gas: '-1' },
      evidence: { max_age_num_blocks: '100000', max_age_duration: '172800000000000', max_bytes: '1048576' },
      validator: { pub_key_types: ['ed25519'] },
      version: { app: '0' },
      abci: { vote_extensions_enable_height: '0' },
    },
    validators: validators.map(({ address, publicKey, power }, i) => ({
      address: Buffer.from(address).toString('hex').toUpperCase(),
      pub_key: { type: 'tendermint/PubKeyEd25519', value: base64(publicKey) },
      power: String(power),
      name: `node${i + 1}`,
    })),
    app_hash: '',
    app_state: appState,
  }
  return `${JSON.stringify(genesis, null, 2)}\n`
}
