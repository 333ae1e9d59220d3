// A node as "starling node start" runs it, but for one fault: strangeNode.mjs FAULT HOME ABCI RPC REST_PORT [ADDRESS].
// It says on stderr when it is at fault.
//   die-in-block   is killed when it has run its second block, before it answers
//   die-in-commit  is killed before it makes its second block durable
//   die-committed  is killed when its second block is durable, before it answers
//   alter-score    changes a stored score of ADDRESS, so that its next proposal is of the altered state
//   alter-reward   changes coins of ADDRESS in the same way
import { once } from 'node:events'
import { parseAbciAddress } from '@starling/node/engine/cometbft/abciAddress'
import { startCometNode } from '@starling/node/engine/cometbft/startCometNode'
import { getBalance, setBalance } from '@starling/node/modules/bank/view'
import { getMerit, setMerit } from '@starling/node/modules/epochs/view'
import { createLog } from '@starling/node/server/createLog'

const [fault, home, abci, rpc, restPort, address] = process.argv.slice(2)
const say = (sentence) => process.stderr.write(`${sentence}\n`)

/** Where a process that dies does so: after the call, or before it. */
const deaths = {
  'die-in-block': ['finalizeBlock', 'after'],
  'die-in-commit': ['commit', 'before'],
  'die-committed': ['commit', 'after'],
}

function dying(application, [call, when]) {
  let calls = 0
  const die = () => process.kill(process.pid, 'SIGKILL')
  return {
    ...application,
    [call](input) {
      calls += 1
      if (calls === 2 && when === 'before') die()
      const result = application[call](input)
      if (calls === 2 && when === 'after') die()
      return result
    },
  }
}

const alterations = {
  'alter-score'(stores) {
    const { score, blockHeight: nonce } = getMerit(stores, 'inferer', 1n, address)
    setMerit(stores, 'inferer', { topicId: 1n, nonce }, address, Number(score) + 0.5)
  },
  'alter-reward'(stores) {
    setBalance(stores, address, getBalance(stores, address) + 1_000_000n)
  },
}

/** Four validators propose in turn: three blocks after a proposal of its own, the next is its own again. */
function altering(application, stores, alter) {
  let proposed
  let altered
  return {
    ...application,
    prepareProposal(input) {
      say(`proposes ${input.height}${altered === undefined ? '' : ` on the altered state of ${altered}`}`)
      proposed = input.height
      return application.prepareProposal(input)
    },
    finalizeBlock(input) {
      const results = application.finalizeBlock(input)
      if (altered !== undefined || proposed === undefined || input.height < proposed + 3n) return results
      alter(stores)
      altered = input.height
      say(`altered ${input.height}`)
      return { ...results, appHash: stores.workingRoot(input.height) }
    },
  }
}

const node = await startCometNode({
  chainId: 'starling-comet-1',
  directory: home,
  abci: parseAbciAddress(abci),
  cometRpc: rpc,
  ports: { rest: Number(restPort) },
  log: createLog('warn'),
  onFault: (error) => say(`halted: ${error.message}`),
  wrap(application, stores) {
    const death = deaths[fault]
    return death === undefined ? altering(application, stores, alterations[fault]) : dying(application, death)
  },
})
say(`strange: ABCI ${node.abci}`)
await once(process, 'SIGTERM')
await node.close()
