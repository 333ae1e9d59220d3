// Block times while clients ask one cheap query as fast as they can, beside the block times of an idle node. The node runs
// in this process, the clients in others, so that only the node's own work is measured. Prints figures; fails only where
// an answer is neither 200 nor 429.

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { testActor } from '@starling/node/app/testing/testChain'
import { useNativeSecp256k1 } from '@starling/node/app/useNativeSecp256k1'
import { startTestNode } from '@starling/node/server/testing/startTestNode'
import { quantile } from './lib/measure.mjs'
import { printAim, printTable, shorten } from './lib/report.mjs'

const SECONDS = 8
const CLIENTS = 64
const TXS = 50
const INTERVAL_MS = 100
const AIM = 2

/** Asks one URL with many connections until it is told to stop; tells how often each status came. */
async function runClient(url) {
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })
  const statuses = {}
  let stopped = false
  process.on('message', () => {
    stopped = true
  })
  const ask = () =>
    new Promise((resolve, reject) => {
      const call = request(url, { agent }, (response) => {
        response.resume()
        response.on('end', () => resolve(response.statusCode))
      })
      call.on('error', reject)
      call.end()
    })
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      while (!stopped) {
        const status = await ask()
        statuses[status] = (statuses[status] ?? 0) + 1
      }
    }),
  )
  agent.destroy()
  process.send(statuses)
  process.disconnect()
}

const sender = testActor('sender')
let sequence = 0n

/** Milliseconds from when each block of transfers was due until it stood. */
async function blockTimes(node) {
  const times = []
  const end = performance.now() + SECONDS * 1000
  for (let due = performance.now() + INTERVAL_MS; due < end; due += INTERVAL_MS) {
    for (let i = 0; i < TXS; i += 1) node.engine.submitTx(node.pay(sender, sender, sequence++))
    await setTimeout(Math.max(0, due - performance.now()))
    node.engine.mine()
    times.push(performance.now() - due)
  }
  return times
}

const row = (name, times) => [name, times.length, ...[0.5, 0.99].map((share) => shorten(quantile(times, share)))]

async function main() {
  useNativeSecp256k1()
  const node = await startTestNode([sender])
  node.engine.mine()
  await blockTimes(node)
  const idle = await blockTimes(node)
  const client = fork(fileURLToPath(import.meta.url), [`${node.restUrl}/starling/v1/fees`])
  const told = once(client, 'message')
  const before = process.memoryUsage().rss
  const loaded = await blockTimes(node)
  const grown = (process.memoryUsage().rss - before) / 2 ** 20
  client.send('stop')
  const [statuses] = await told
  await node.close()
  const odd = Object.keys(statuses).filter((status) => status !== '200' && status !== '429')
  if (odd.length > 0) throw new Error(`answers of status ${odd.join()}`)
  printTable({
    title: 'Blocks while clients ask as fast as they can',
    note: `milliseconds from when a block of ${TXS} transfers was due until it stood, one each ${INTERVAL_MS} ms; ${CLIENTS} connections of another process`,
    columns: ['node', 'blocks', 'median', '99 %'],
    rows: [row('idle', idle), row('under load', loaded)],
  })
  const rates = Object.entries(statuses).map(([status, count]) => [`answers of ${status} a second`, count / SECONDS])
  printTable({
    title: 'What the clients got',
    columns: ['what', 'figure'],
    rows: [...rates, ['memory of the node grew by, MiB', grown]].map(([what, figure]) => [what, shorten(figure)]),
  })
  // From one block to the next: the pause in between, and what the later one took longer.
  const blockTime = (times) => INTERVAL_MS + quantile(times, 0.99)
  printAim({
    what: 'block time under ten times the allowed load against idle, 99 %',
    value: blockTime(loaded) / blockTime(idle),
    within: 'at most',
    limit: AIM,
    unit: ' ×',
  })
}

await (process.argv[2] === undefined ? main() : runClient(process.argv[2]))
