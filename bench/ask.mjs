// What a verified answer costs beside an unverified one, over loopback, node and client in one process. Prints figures.

import { useNativeEd25519 } from '@starling/cli/chain/useNativeEd25519'
import { useNativeSecp256k1 } from '@starling/node/app/useNativeSecp256k1'
import { createLog } from '@starling/node/server/createLog'
import { startNode } from '@starling/node/startNode'
import { devnetGenesis } from '@starling/protocol/presets/devnetGenesis'
import { createClient } from '@starling/sdk/createClient'
import { median } from './lib/measure.mjs'
import { printAim, printTable, shorten } from './lib/report.mjs'

const ROUNDS = 40
const AIM = 3

useNativeSecp256k1()
useNativeEd25519()
const node = await startNode({
  chainId: 'bench-1',
  genesis: { balances: [], ...devnetGenesis },
  ports: { rest: 0, rpc: 0 },
  log: createLog('silent'),
})
for (let i = 0; i < 50; i++) node.engine.mine()

/** Median milliseconds of one read, each after a new block and by a client of its own where `fresh` is set. */
async function time(read, fresh) {
  const open = () => createClient({ url: node.restUrl, rpc: node.rpcUrl })
  let client = open()
  const took = []
  for (let round = 0; round < ROUNDS; round++) {
    node.engine.mine()
    if (fresh) {
      await client.close()
      client = open()
    }
    const started = performance.now()
    await read(client)
    took.push(performance.now() - started)
  }
  await client.close()
  return median(took)
}

const plain = (client) => client.feesUnverified()
const proven = async (client) => (await client.snapshot()).read('params', new TextEncoder().encode('params'))
const rows = []
for (const [name, fresh] of [
  ['a client that goes on', false],
  ['a new client', true],
]) {
  await time(proven, fresh)
  const [without, withProof] = [await time(plain, fresh), await time(proven, fresh)]
  rows.push({ name, without, withProof, ratio: withProof / without })
}
printTable({
  title: 'A verified answer beside an unverified one',
  note: `milliseconds over loopback, a new block before each, median of ${ROUNDS}; node and client in one process`,
  columns: ['who asks', 'unverified', 'verified', 'ratio'],
  rows: rows.map(({ name, without, withProof, ratio }) => [
    name,
    shorten(without),
    shorten(withProof),
    `${shorten(ratio)} ×`,
  ]),
})
for (const { name, ratio } of rows)
  printAim({ what: `verified against unverified, ${name}`, value: ratio, within: 'at most', limit: AIM, unit: ' ×' })
await node.close()
