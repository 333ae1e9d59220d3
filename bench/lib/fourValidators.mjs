import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { configureNet, layOutNet } from '@starling/cli/net/layOutNet'
import { nodePaths } from '@starling/cli/net/netPaths'
import { NET_CHAIN_ID } from '@starling/cli/net/netPlan'
import { planPorts } from '@starling/cli/net/planPorts'
import { superviseNode } from '@starling/cli/net/superviseNode'

const VALIDATORS = 4
const PATIENCE_MS = 60_000
const ERRORS_ONLY = 'log_level = "error"'

/** Sets CometBFT's configuration apart from how `starling net up` has it. */
function changeConfig(home, change) {
  const file = join(home, 'config', 'config.toml')
  writeFileSync(file, change(readFileSync(file, 'utf8')))
}

/** Homes of four validators in a folder; the genesis also has the given balances. Returns the plan and their places. */
async function layOut(directory, { blockTimeMs, balances, change }) {
  const ports = await planPorts(VALIDATORS, { rest: 0, rpc: 0 })
  const plan = { chainId: NET_CHAIN_ID, seed: 'bench', blockTimeMs, ports }
  layOutNet(directory, plan, new Date())
  configureNet(directory, plan)
  let first = 0
  for (let node = 1; node <= VALIDATORS; node += 1) {
    const { home, config } = nodePaths(directory, node)
    changeConfig(home, (text) => change(text.replace(/^log_level = .*$/m, ERRORS_ONLY)))
    const file = join(config, 'genesis.json')
    const genesis = JSON.parse(readFileSync(file, 'utf8'))
    first = genesis.app_state.balances.length
    genesis.app_state.balances.push(...balances)
    writeFileSync(file, JSON.stringify(genesis))
  }
  return { plan, first }
}

/** One call of a node's RPC. */
export async function callRpc(url, method, params = {}) {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
  const response = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
  const { result, error } = await response.json()
  if (error !== undefined) throw new Error(`${method}: ${error.message} ${error.data ?? ''}`)
  return result
}

/** Waits until a node answers a call with what is wanted. */
export async function waitForResult(url, method, params, isWanted = () => true) {
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    try {
      const result = await callRpc(url, method, params)
      if (isWanted(result)) return result
    } catch (error) {
      if (Date.now() >= end) throw error
    }
    if (Date.now() >= end) throw new Error(`${url} does not answer ${method} as wanted within ${PATIENCE_MS / 1000} s`)
    await wait(20)
  }
}

/** Waits until a node has a block of this height; returns that of its newest one. */
export async function waitForHeight(url, height) {
  const heightOf = ({ sync_info: info }) => Number(info.latest_block_height)
  return heightOf(await waitForResult(url, 'status', {}, (status) => heightOf(status) >= height))
}

/** Four nodes of Starling, each under a CometBFT of its own. */
export async function startStarling(directory, { comet, blockTimeMs, balances }) {
  const { plan, first } = await layOut(directory, { blockTimeMs, balances, change: (text) => text })
  const say = (sentence) => process.stderr.write(`  ${sentence}\n`)
  const nodes = plan.ports.map((_, i) => superviseNode({ directory, plan, node: i + 1, comet, say }))
  const close = async () => {
    await Promise.all(nodes.map(({ engine }) => engine.stop()))
    await Promise.all(nodes.map(({ app }) => app.stop()))
  }
  return ready({ plan, first, close })
}

/** Four CometBFT processes with the key-value store that is built into it. */
export async function startKvStore(directory, { comet, blockTimeMs }) {
  const change = (text) => text.replace(/^proxy_app = .*$/m, 'proxy_app = "kvstore"')
  const { plan, first } = await layOut(directory, { blockTimeMs, balances: [], change })
  const children = plan.ports.map((_, i) => {
    const { home } = nodePaths(directory, i + 1)
    const log = openSync(join(home, 'engine.log'), 'a')
    const child = spawn(comet, ['start', '--home', home], { stdio: ['ignore', log, log] })
    closeSync(log)
    return child
  })
  const close = async () => {
    await Promise.all(
      children.map(async (child) => {
        if (child.exitCode !== null) return
        const exited = once(child, 'exit')
        child.kill('SIGTERM')
        await exited
      }),
    )
    rmSync(directory, { recursive: true })
  }
  return ready({ plan, first, close })
}

async function ready({ plan, first, close }) {
  const rpcUrls = plan.ports.map(({ rpc }) => `http://127.0.0.1:${rpc}`)
  const restUrls = plan.ports.map(({ rest }) => `http://127.0.0.1:${rest}`)
  try {
    for (const url of rpcUrls) await waitForHeight(url, 2)
  } catch (error) {
    await close()
    throw error
  }
  return { chainId: plan.chainId, firstAccount: first, rpcUrls, restUrls, close }
}
