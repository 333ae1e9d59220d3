import { type Column, formatTable } from '../output/formatTable.ts'
import type { NetStatus, NodeStatus, ProcessStatus } from './collectStatus.ts'

const columns: readonly Column[] = [
  { head: 'node', align: 'right' },
  { head: 'height', align: 'right' },
  { head: 'app hash' },
  { head: 'sync' },
  { head: 'peers', align: 'right' },
  { head: 'app' },
  { head: 'engine' },
  { head: 'rest', align: 'right' },
  { head: 'rpc', align: 'right' },
]

/** The status of a network for people. */
export function formatStatus(status: NetStatus): string {
  const { chainId, pid, running, nodes, blockTimeMs } = status
  const how = running ? `runs as process ${pid}, ${blockTimeMs} ms between blocks` : 'is not running'
  return `${chainId} ${how}\n\n${formatTable(columns, nodes.map(row))}\n${agreementLine(status)}\n`
}

function row({ node, height, appHash, catchingUp, behind, peers, app, engine, ports }: NodeStatus): readonly string[] {
  return [
    String(node),
    height === null ? '-' : String(height),
    appHash === null ? '-' : appHash.slice(0, 16),
    syncCell(catchingUp, behind),
    peers === null ? '-' : String(peers),
    processCell(app),
    processCell(engine),
    String(ports.rest),
    String(ports.rpc),
  ]
}

/** A block of difference is none: the nodes are asked one after the other. */
function syncCell(catchingUp: boolean | null, behind: number | null): string {
  if (catchingUp === null || behind === null) return '-'
  if (behind > 1) return `${behind} behind`
  return catchingUp ? 'catching up' : 'yes'
}

function processCell({ state, pid, memoryMiB }: ProcessStatus): string {
  if (pid === null) return state
  return memoryMiB === null ? String(pid) : `${pid} (${memoryMiB} MiB)`
}

function agreementLine({ agreement, nodes, running }: NetStatus): string {
  if (agreement === null) return running ? 'no node shows a block' : 'Start it with "starling net up".'
  const { height, nodes: count, appHash } = agreement
  if (appHash === null) return `the blocks at height ${height} DIFFER: the nodes have different states`
  if (nodes.length === 1) return `block ${height}: app hash ${appHash.slice(0, 16)}`
  const who = count === nodes.length ? `all ${count} nodes` : `${count} of ${nodes.length} nodes`
  return `${who} agree at block ${height}: app hash ${appHash.slice(0, 16)}`
}
