import { setTimeout as wait } from 'node:timers/promises'
import { createRest, type Rest } from '@starling/sdk/http/createRest'
import { createRpc } from '@starling/sdk/http/createRpc'
import { integerAt, textAt } from '@starling/sdk/http/json'
import { requestTimeoutMs } from '@starling/sdk/http/requestTimeoutMs'
import { StarlingError } from '@starling/sdk/starlingError'
import type { Client } from '@starling/sdk/types'
import { listTopics } from '../chain/listTopics.ts'
import { type BlockInfo, readBlock } from '../chain/readBlock.ts'
import { readVersion } from '../readVersion.ts'
import { type Finding, fine } from './finding.ts'

/** Where to look, and how long a new block is waited for. */
export type NodeToCheck = { readonly node: string; readonly rpc: string; readonly waitMs: number }

const LOOK_MS = 200
/** A newest block with a time further ahead than this shows that a clock is wrong. */
const AHEAD_MS = 5_000

/** What the node's two servers say of themselves, each other and the chain. Checks that need a silent server are left out. */
export async function checkNode(client: Client, { node, rpc, waitMs }: NodeToCheck): Promise<readonly Finding[]> {
  const rest = createRest({ fetch: globalThis.fetch, timeoutMs: requestTimeoutMs, url: node, flag: '--node' })
  const [restSide, rpcSide] = await Promise.all([askRest(rest), askRpc(rpc)])
  const findings = [restSide.finding, rpcSide.finding]
  if (restSide.version !== undefined) findings.push(checkVersion(restSide.version))
  if (restSide.chainId === undefined) return findings
  if (rpcSide.chainId !== undefined) findings.push(checkChains(restSide.chainId, rpcSide.chainId))
  const { finding, newest } = await checkHeight(rest, waitMs)
  findings.push(finding)
  if (newest !== undefined) findings.push(checkClock(newest, Date.now()), await checkTopics(client))
  return findings
}

type Side = { readonly finding: Finding; readonly chainId?: string; readonly version?: string }

async function askRest(rest: Rest): Promise<Side> {
  const check = 'REST server'
  try {
    return await rest.get('/cosmos/base/tendermint/v1beta1/node_info', (json) => {
      const chainId = textAt(json, 'default_node_info', 'network')
      const version = textAt(json, 'application_version', 'version')
      return { finding: fine(check, `${rest.url} answers, chain ${chainId}`), chainId, version }
    })
  } catch (error) {
    return { finding: silent(check, rest.url, '--node', error) }
  }
}

async function askRpc(url: string): Promise<Side> {
  const check = 'RPC server'
  try {
    const rpc = createRpc({ fetch: globalThis.fetch, timeoutMs: requestTimeoutMs, url, flag: '--rpc' })
    const status = await rpc.call('status')
    const chainId = textAt(status, 'node_info', 'network')
    const height = integerAt(status, ['sync_info', 'latest_block_height'])
    return { finding: fine(check, `${url} answers, height ${height}`), chainId }
  } catch (error) {
    return { finding: silent(check, url, '--rpc', error) }
  }
}

/** Nobody there, or somebody else. */
function silent(check: string, url: string, flag: '--node' | '--rpc', error: unknown): Finding {
  if (!(error instanceof StarlingError)) throw error
  const nobody = error.kind === 'unreachable'
  const found = nobody ? `nobody listens at ${url}` : `something at ${url} does not answer as a node: ${error.message}`
  const port = URL.canParse(url) ? new URL(url).port : ''
  const advice = nobody
    ? `Start a node with "npm start", or name the one you mean with ${flag}.`
    : `Find out what has port ${port} (ss -ltnp), or name the node with ${flag}.`
  return { check, status: 'fail', found, advice }
}

function checkChains(rest: string, rpc: string): Finding {
  const check = 'one chain'
  if (rest === rpc) return fine(check, rest)
  const found = `REST serves ${rest}, RPC serves ${rpc}`
  return { check, status: 'fail', found, advice: 'Give --node and --rpc of one node.' }
}

function checkVersion(theirs: string): Finding {
  const check = 'versions'
  const ours = readVersion()
  if (ours === theirs) return fine(check, `starling and the node are ${ours}`)
  const found = `starling is ${ours}, the node ${theirs}`
  return { check, status: 'warn', found, advice: 'Update the older one if something is not offered or not understood.' }
}

/** Waits for a new block. */
async function checkHeight(
  rest: Rest,
  waitMs: number,
): Promise<{ readonly finding: Finding; readonly newest?: BlockInfo }> {
  const check = 'height'
  try {
    const first = await readBlock(rest, 'latest')
    let newest = first
    const end = Date.now() + waitMs
    while (newest.height === first.height && Date.now() < end) {
      await wait(LOOK_MS)
      newest = await readBlock(rest, 'latest')
    }
    if (newest.height > first.height) return { finding: fine(check, `grows, now ${newest.height}`), newest }
    const found = `stands at ${first.height} since ${first.time}, no new block within ${waitMs / 1000} s`
    const advice = 'Look at what the node prints; where blocks are rarer than that, give --wait SECONDS.'
    return { finding: { check, status: 'fail', found, advice }, newest }
  } catch (error) {
    if (!(error instanceof StarlingError)) throw error
    const advice = 'Wait for the first block, and look at what the node prints.'
    return { finding: { check, status: 'fail', found: error.message, advice } }
  }
}

/** Whether the newest block's time can be right. */
export function checkClock({ timeMs, height }: Pick<BlockInfo, 'timeMs' | 'height'>, nowMs: number): Finding {
  const check = 'clocks'
  const ahead = timeMs - nowMs
  const seconds = Math.round(Math.abs(ahead) / 1000)
  if (ahead <= AHEAD_MS) return fine(check, `block ${height} was made ${seconds} s ago`)
  const found = `the time of block ${height} lies ${seconds} s in the future`
  return { check, status: 'fail', found, advice: 'Set the clock of this machine, or of the node.' }
}

async function checkTopics(client: Client): Promise<Finding> {
  const check = 'topics'
  const topics = await listTopics(client)
  const active = topics.filter((topic) => topic.active).length
  const found = `${active} of ${topics.length} active`
  if (active > 0) return fine(check, found)
  const advice =
    topics.length === 0
      ? 'Make one: "starling topic create".'
      : 'A topic is active with stake and funds: "starling topic fund".'
  return { check, status: 'warn', found, advice }
}
