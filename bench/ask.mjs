// What a verified answer costs beside an unverified one, over loopback, node and client in one process. Prints figures.

import { useNativeEd25519 } from '@starling/cli/chain/useNativeEd25519'
import { testActor } from '@starling/node/app/testing/testChain'
import { useNativeSecp256k1 } from '@starling/node/app/useNativeSecp256k1'
import { createLog } from '@starling/node/server/createLog'
import { startNode } from '@starling/node/startNode'
import { devnetGenesis } from '@starling/protocol/presets/devnetGenesis'
import { createClient } from '@starling/sdk/createClient'
import { median } from './lib/measure.mjs'
import { printAim, printTable, shorten } from './lib/report.mjs'

const ROUNDS = 40
const AIM = 3

const { address } = testActor('asked')
useNativeSecp256k1()
useNativeEd25519()
const node = await startNode({
  chainId: 'bench-1',
  genesis: { balances: [{ address, amount: '1000' }], ...devnetGenesis },
  ports: { rest: 0, rpc: 0 },
  log: createLog('silent'),
})
for (let i = 0; i < 50; i++) node.engine.mine()

/** Milliseconds on the clock and of processor time that a read takes, by a client that has asked before or a new one. */
async function timeRead(read, known) {
  const client = known ?? createClient({ url: node.restUrl, rpc: node.rpcUrl })
  const before = process.cpuUsage()
  const started = performance.now()
  await read(client)
  const clock = performance.now() - started
  const { user, system } = process.cpuUsage(before)
  if (known === undefined) await client.close()
  return { clock, processor: (user + system) / 1000 }
}

/** Both reads in turn, each after a new block; medians of the later half. */
async function timeInTurn(known) {
  const pairs = []
  for (let round = 0; round < 2 * ROUNDS; round++) {
    node.engine.mine()
    const without = await timeRead((client) => client.balanceUnverified(address), known)
    pairs.push({ without, withProof: await timeRead((client) => client.balance(address), known) })
  }
  const later = pairs.slice(ROUNDS)
  const middle = (side, kind) => median(later.map((pair) => pair[side][kind]))
  const [without, withProof] = ['without', 'withProof'].map((side) => middle(side, 'clock'))
  const ratio = withProof / without
  return { without, withProof, ratio, processor: middle('withProof', 'processor') / middle('without', 'processor') }
}

const going = createClient({ url: node.restUrl, rpc: node.rpcUrl })
const rows = [
  { name: 'a client that goes on', ...(await timeInTurn(going)) },
  { name: 'a new client', ...(await timeInTurn(undefined)) },
]
await going.close()
printTable({
  title: 'A verified answer beside an unverified one',
  note: `milliseconds over loopback, the balance of an account after a new block, median of ${ROUNDS}; node and client in one process`,
  columns: ['who asks', 'unverified', 'verified', 'ratio', 'of processor time'],
  rows: rows.map(({ name, without, withProof, ratio, processor }) => [
    name,
    shorten(without),
    shorten(withProof),
    `${shorten(ratio)} ×`,
    `${shorten(processor)} ×`,
  ]),
})
for (const { name, ratio } of rows)
  printAim({ what: `verified against unverified, ${name}`, value: ratio, within: 'at most', limit: AIM, unit: ' ×' })
await node.close()
