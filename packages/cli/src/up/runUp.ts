import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import type { RunningNode } from '@starling/node/startNode'
import type { SentTx } from '@starling/sdk/types'
import { createFeed } from '@starling/services/feed/createFeed'
import { readSp500 } from '@starling/services/feed/readSp500'
import type { Actor } from '@starling/services/shared/actor'
import { builtInPool } from '@starling/services/worker/model/builtInPool'
import { openPins } from '../chain/openPins.ts'
import { showPage } from '../explorer/showPage.ts'
import type { Io } from '../io.ts'
import { printJson } from '../output/printJson.ts'
import type { Attack } from './attack/castAttackers.ts'
import { fundAttackers } from './attack/fundAttackers.ts'
import { createCast } from './cast.ts'
import { collectReport } from './collectReport.ts'
import { createActorLogs } from './createActorLogs.ts'
import { createShow } from './createShow.ts'
import { driveLockStep, drivePaced } from './drive.ts'
import { formatReport } from './formatReport.ts'
import { LOCAL_CHAIN_ID, localPace, openLocalNetwork } from './localNetwork.ts'
import { openView } from './openView.ts'
import type { Report } from './report.ts'
import { createTopics, startCast } from './startCast.ts'
import { startLocalNode } from './startLocalNode.ts'
import { watchTopics } from './watchTopics.ts'

/** Options of `starling up`. */
export type UpOptions = {
  readonly io: Io
  readonly json: boolean
  readonly home: string
  readonly seed: string | undefined
  readonly reset: boolean
  /** Seconds per epoch. */
  readonly pace: number
  /** More settled epochs of every topic. */
  readonly epochs: number | undefined
  /** Runs as fast as it can until `epochs`, then reports and ends. */
  readonly exit: boolean
  readonly report: string | undefined
  readonly attack: Attack | undefined
  readonly ports: { readonly rest: number; readonly rpc: number; readonly metrics: number }
  /** Origin of web pages that may read answers. */
  readonly cors?: string | undefined
  /** Opens the explorer in the browser. */
  readonly open?: boolean
  /** Aborts when the user wants it to end. */
  readonly stop: AbortSignal
}

/** Runs a whole network on this machine: node, actors, live view; then reports. */
export async function runUp(options: UpOptions): Promise<void> {
  const { io } = options
  // The network holds some 55 MB; left alone, the heap would grow to several times that before it is swept.
  setFlagsFromString('--heap-growing-percent=40')
  const { directory, seed } = openLocalNetwork(options.home, options)
  io.stderr.write(`Starting ${LOCAL_CHAIN_ID}, seed ${seed},\nin ${directory}\n`)
  const report = await runNetwork(options, directory, seed)
  if (options.report !== undefined) writeFileSync(options.report, `${JSON.stringify(report, null, 2)}\n`)
  if (options.json) printJson(io, report)
  else io.stdout.write(`${formatReport(report)}\n`)
  io.stderr.write(`Stopped: ${report.stopped}.\n`)
  io.stderr.write(`The network is kept in ${directory}: the next start goes on from here, --reset begins anew.\n`)
}

async function runNetwork(options: UpOptions, directory: string, seed: string): Promise<Report> {
  const { io, exit, stop } = options
  const started = performance.now()
  const cast = createCast(seed, options.attack)
  const feed = createFeed(readSp500())
  const { node, client } = await startLocalNode({
    directory,
    cast,
    feed,
    ports: options.ports,
    cors: options.cors,
    repeatable: exit,
  })
  const { engine } = node
  io.stderr.write(`REST ${node.restUrl}, RPC ${node.rpcUrl}\n`)
  showPage(io, node.restUrl, options.open === true)
  pinNewest(options.home, node)
  const pool = builtInPool()
  const logs = createActorLogs(join(directory, 'actors.log'))
  const actors: Actor[] = []
  try {
    const landed = (sent: SentTx): Promise<unknown> => {
      engine.mine()
      return sent.landed
    }
    const stage = { client, feed, pool, logOf: logs.of, landed }
    const topicIds = await createTopics(stage, cast)
    await fundAttackers(stage, cast)
    const watch = await watchTopics(client, feed, topicIds, cast)
    const until = options.epochs === undefined ? undefined : watch.settled() + options.epochs
    actors.push(...startCast(stage, cast, topicIds))
    const view = openView(io, exit ? 25 : 1)
    const show = createShow({ engine, cast, seed, watch, view, until, troubleOf: logs.newest })
    const drive = { watch, until, stop, show }
    const blockTimeMs = Math.max(10, (options.pace * 1000) / Number(localPace.epochLength))
    const stopped = await (exit
      ? driveLockStep(engine, actors, drive)
      : drivePaced(engine, actors, { ...drive, blockTimeMs }))
    view.end()
    return await collectReport({ client, engine, cast, seed, watch, started, stopped })
  } finally {
    await Promise.all(actors.map((actor) => actor.stop()))
    await Promise.all([client.close(), pool.close()])
    await node.close()
    logs.close()
  }
}

/** What stands at the node's address is this chain, whatever stood there before: verified reads go on from its newest block. */
function pinNewest(home: string, { engine, rpcUrl }: RunningNode): void {
  const { chainId, height, blockHash: hash } = engine.status()
  openPins(home).write(rpcUrl, { chainId, height, hash })
}
