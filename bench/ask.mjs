// What a verified answer costs beside an unverified one, over loopback, node and client in one process. Prints figures.

import { useNativeEd25519 } from '@starling/cli/chain/useNativeEd25519'
import { useNativeSecp256k1 } from '@starling/node/app/useNativeSecp256k1'
import { createLog } from '@starling/node/server/createLog'
import { startNode } from '@starling/node/startNode'
import { devnetGenesis } from '@starling/protocol/presets/devnetGenesis'
import { createClient } from '@starling/sdk/createClient'

const ROUNDS = 40

useNativeSecp256k1()
useNativeEd25519()
const node = await startNode({
  chainId: 'bench-1',
  genesis: { balances: [], ...devnetGenesis },
  ports: { rest: 0, rpc: 0 },
  log: createLog('silent'),
})
for (let i = 0; i < 50; i++) node.engine.mine()

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]

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
for (const [name, fresh] of [
  ['a client that goes on', false],
  ['a new client', true],
]) {
  const [without, withProof] = [await time(plain, fresh), await time(proven, fresh)]
  console.log(
    `${name}: unverified ${without.toFixed(2)} ms, verified ${withProof.toFixed(2)} ms, ratio ${(withProof / without).toFixed(1)}`,
  )
}
await node.close()
