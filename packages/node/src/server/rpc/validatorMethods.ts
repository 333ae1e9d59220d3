import { APP_VERSION } from '@starling/protocol/appVersion'
import type { Validator } from '@starling/protocol/proof/cometTypes'
import type { BlockLimits } from '@starling/protocol/proof/consensusHash'
import { toUpperHex } from '../../engine/local/bytes.ts'
import { isoTime } from '../isoTime.ts'
import type { NodeContext } from '../nodeQuery.ts'
import { invalid, readWhole } from './params.ts'
import { newestHeight, readHeight } from './readHeight.ts'
import type { RpcMethod } from './rpcMethod.ts'

/** Methods that tell who signs blocks, and what the chain began with. */
export function validatorMethods({ engine }: NodeContext): Readonly<Record<string, RpcMethod>> {
  return {
    validators: {
      params: ['height', 'page', 'per_page'],
      run(params) {
        const height = readHeight(engine.store, params)
        readWhole(params, 'per_page', 1)
        const page = readWhole(params, 'page', 1) ?? 1
        if (page > 1) throw invalid(`page must be 1, as there is one validator; got ${page}`)
        const validators = [{ ...validatorJson(engine.validator), proposer_priority: '0' }]
        return { block_height: String(height), validators, count: '1', total: '1' }
      },
    },
    consensus_params: {
      params: ['height'],
      run(params) {
        const height = readHeight(engine.store, params)
        return { block_height: String(height), consensus_params: consensusParamsJson(engine.limits) }
      },
    },
    genesis: {
      params: [],
      run() {
        newestHeight(engine.store)
        return {
          genesis: {
            genesis_time: isoTime(engine.genesis.timeMs ?? 0n),
            chain_id: engine.store.chainId,
            initial_height: '1',
            consensus_params: consensusParamsJson(engine.limits),
            validators: [genesisValidatorJson(engine.validator)],
            app_hash: '',
            app_state: engine.genesis.appState,
          },
        }
      },
    },
  }
}

/** CometBFT's JSON of a validator. */
export function validatorJson({ address, publicKey, power }: Validator): { readonly [name: string]: unknown } {
  return {
    address: toUpperHex(address),
    pub_key: { type: 'tendermint/PubKeyEd25519', value: Buffer.from(publicKey).toString('base64') },
    voting_power: String(power),
  }
}

function genesisValidatorJson(validator: Validator): object {
  const { address, pub_key } = validatorJson(validator)
  return { address, pub_key, power: String(validator.power), name: '' }
}

function consensusParamsJson({ maxBytes, maxGas }: BlockLimits): object {
  return {
    block: { max_bytes: String(maxBytes), max_gas: String(maxGas) },
    // CometBFT's defaults: there is no evidence on a chain of one validator.
    evidence: { max_age_num_blocks: '100000', max_age_duration: '172800000000000', max_bytes: '1048576' },
    validator: { pub_key_types: ['ed25519'] },
    version: { app: String(APP_VERSION) },
    abci: { vote_extensions_enable_height: '0' },
  }
}
