import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openValidatorKey } from '@starling/node/engine/local/openValidatorKey'
import { createCast } from '../up/cast.ts'
import { localGenesis } from '../up/localGenesis.ts'
import { cometConfig } from './cometConfig.ts'
import { cometGenesis } from './cometGenesis.ts'
import { LOOPBACK } from './freePorts.ts'
import { type NodePaths, nodePaths } from './netPaths.ts'
import type { NetPlan } from './netPlan.ts'
import { readNodeId, writeNodeKey } from './nodeKey.ts'

/**
 * Power of each validator. Not 1: CometBFT takes a validator with a third of the power, rounded down, for one that the
 * others cannot do without, and then has it vote at once instead of fetching the blocks that it missed.
 */
const POWER = 10n

/** Makes the homes of a new network: keys of its own for each node, one genesis for all. */
export function layOutNet(directory: string, { chainId, seed, ports }: NetPlan, time: Date): void {
  const nodes = ports.map((_, i) => nodePaths(directory, i + 1))
  const validators = nodes.map(({ config }) => ({ ...openValidatorKey(config).validator, power: POWER }))
  const genesis = cometGenesis({ chainId, time, validators, appState: localGenesis(createCast(seed)) })
  for (const { config, data } of nodes) {
    mkdirSync(data, { recursive: true, mode: 0o700 })
    writeNodeKey(nodeKeyFile(config))
    writeFileSync(join(config, 'genesis.json'), genesis)
    // Without this file CometBFT refuses the key: it says what was signed last, so that nothing is signed twice.
    const signed = join(data, 'priv_validator_state.json')
    if (!existsSync(signed)) writeFileSync(signed, '{"height":"0","round":0,"step":0}\n', { mode: 0o600 })
  }
}

/** Writes the configuration of every CometBFT anew, with the ports and the pace of the plan. */
export function configureNet(directory: string, { ports, blockTimeMs }: NetPlan, logLevel: string): void {
  const nodes = ports.map((own, i) => {
    const paths: NodePaths = nodePaths(directory, i + 1)
    return { own, paths, peer: `${readNodeId(nodeKeyFile(paths.config))}@${LOOPBACK}:${own.p2p}` }
  })
  for (const [i, { own, paths, peer }] of nodes.entries()) {
    const peers = nodes.flatMap((other) => (other.peer === peer ? [] : [other.peer]))
    const text = cometConfig({ moniker: `node${i + 1}`, ports: own, peers, blockTimeMs, logLevel })
    writeFileSync(join(paths.config, 'config.toml'), text)
  }
}

function nodeKeyFile(config: string): string {
  return join(config, 'node_key.json')
}
