import { LOOPBACK } from './freePorts.ts'
import { ABCI_SOCKET } from './netPaths.ts'
import type { NodePorts } from './netPlan.ts'

/** What CometBFT logs unless more is asked for: how it starts and what goes wrong, but nothing of every block. */
export const QUIET = 'state:error,txindex:error,consensus:error,mempool:error,p2p:error,pex:error,*:info'

/** What the configuration of one CometBFT process says of it. */
export type CometConfig = {
  readonly moniker: string
  readonly ports: NodePorts
  /** The others, as `id@host:port`. */
  readonly peers: readonly string[]
  /** CometBFT's `timeout_commit`: how long a block waits for late votes before the next is made. */
  readonly blockTimeMs: number
  /** As CometBFT's `log_level` is written. */
  readonly logLevel: string
}

/**
 * CometBFT's `config.toml`: only what differs from its defaults. The peers of one machine have one address, are known from
 * the start and need no time to gather what they send each other.
 */
export function cometConfig({ moniker, ports, peers, blockTimeMs, logLevel }: CometConfig): string {
  return `# Written by "starling net up" at every start.
proxy_app = "unix://${ABCI_SOCKET}"
moniker = "${moniker}"
log_level = "${logLevel}"

[rpc]
laddr = "tcp://${LOOPBACK}:${ports.rpc}"

[p2p]
laddr = "tcp://${LOOPBACK}:${ports.p2p}"
persistent_peers = "${peers.join(',')}"
persistent_peers_max_dial_period = "5s"
addr_book_strict = false
allow_duplicate_ip = true
pex = false
flush_throttle_timeout = "10ms"

[consensus]
timeout_propose = "1s"
timeout_commit = "${blockTimeMs}ms"
peer_gossip_sleep_duration = "10ms"
`
}
