// Memory and disk of a node that has made 10,000 blocks, and how long it takes to start again. Prints figures.

import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { openTestChain, testActor } from '@starling/node/app/testing/testChain'
import { createLog } from '@starling/node/server/createLog'
import { startNode } from '@starling/node/startNode'
import { devnetGenesis } from '@starling/protocol/presets/devnetGenesis'
import { median } from './lib/measure.mjs'
import { printTable, shorten } from './lib/report.mjs'

const BLOCKS = Number(process.env.BLOCKS ?? 10_000)
const TXS = 2
const CHAIN_ID = 'starling-test-1'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')

const senders = Array.from({ length: TXS }, (_, i) => testActor(`sender ${i}`))
const balances = senders.map(({ address }) => ({ address, amount: (10n ** 24n).toString() }))
const directory = mkdtempSync(join(tmpdir(), 'long-chain-'))
const start = () =>
  startNode({
    chainId: CHAIN_ID,
    genesis: { ...devnetGenesis, balances },
    directory,
    durability: 'at-close',
    ports: { rest: 0, rpc: 0 },
    log: createLog('silent'),
  })
const { sign } = openTestChain(senders, 10n ** 24n)
function transfer(actor, sequence) {
  const amount = [{ denom: 'uallo', amount: '1' }]
  const value = { fromAddress: actor.address, toAddress: actor.address, amount }
  return sign(actor, [{ typeUrl: '/cosmos.bank.v1beta1.MsgSend', value }], { sequence })
}

/** Megabytes of all files below a folder. */
function diskOf(folder) {
  const files = readdirSync(folder, { recursive: true }).map((name) => statSync(join(folder, name)))
  return files.filter((file) => file.isFile()).reduce((sum, { blocks }) => sum + blocks * 512, 0) / 1e6
}

const rows = []
function note(blocks, times) {
  collect()
  const { rss, heapUsed } = process.memoryUsage()
  const disk = [diskOf(join(directory, 'state')), diskOf(join(directory, 'blocks'))]
  rows.push([blocks.toLocaleString('en-GB'), median(times), heapUsed / 2 ** 20, rss / 2 ** 20, ...disk])
}

let node = await start()
let times = []
for (let block = 1; block <= BLOCKS; block += 1) {
  for (const sender of senders) node.engine.submitTx(transfer(sender, BigInt(block - 1)))
  const started = performance.now()
  node.engine.mine()
  times.push(performance.now() - started)
  // What waits for the event loop, as it would between blocks.
  if (block % 100 === 0) await new Promise(setImmediate)
  if (block % (BLOCKS / 5) > 0) continue
  note(block, times)
  times = []
}
await node.close()
const started = performance.now()
node = await start()
const took = performance.now() - started
await node.close()
rmSync(directory, { recursive: true })
printTable({
  title: `Memory and disk over ${BLOCKS.toLocaleString('en-GB')} blocks`,
  note: `${TXS} transfers in each; 1,000 versions of the state and all blocks are kept; MiB and MB, milliseconds`,
  columns: ['blocks', 'a block', 'heap, MiB', 'memory, MiB', 'state, MB', 'blocks, MB'],
  rows: rows.map(([blocks, ...figures]) => [blocks, ...figures.map(shorten)]),
})
printTable({
  title: 'Start of that node',
  columns: ['what', 'ms'],
  rows: [['until the servers listen', shorten(took)]],
})
