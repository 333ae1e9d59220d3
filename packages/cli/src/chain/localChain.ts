import { netDirectory } from '../net/netPaths.ts'
import { NET_CHAIN_ID, readNetPlan } from '../net/netPlan.ts'
import { LOCAL_CHAIN_ID, localDirectory, readLocalSeed } from '../up/localNetwork.ts'

/** A network of this machine, whose keys come from a seed in its folder. */
export type LocalChain = {
  readonly directory: string
  /** The command that runs it. */
  readonly command: string
  /** Undefined where the home folder has no such network. */
  readonly seed: () => string | undefined
}

/** The network of a home folder with this chain id; undefined where the chain is none of this machine's. */
export function localChain(home: string, chainId: string): LocalChain | undefined {
  if (chainId === LOCAL_CHAIN_ID) {
    return { directory: localDirectory(home), command: 'starling up', seed: () => readLocalSeed(home) }
  }
  if (chainId !== NET_CHAIN_ID) return undefined
  return { directory: netDirectory(home), command: 'starling net up', seed: () => readNetPlan(home)?.seed }
}
