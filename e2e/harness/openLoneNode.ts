import { findExplorer } from '@starling/cli/node/findExplorer'
import type { GenesisState } from '@starling/node/app/genesis'
import { createLog } from '@starling/node/server/createLog'
import { type RunningNode, startNode } from '@starling/node/startNode'
import { createFromTemplate, type TopicTemplate, topicTemplates } from '@starling/protocol/presets/topicTemplates'
import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import { createClient } from '@starling/sdk/createClient'
import { createSender } from '@starling/sdk/sender/createSender'
import type { Client } from '@starling/sdk/types'
import { walletFromSeed } from '@starling/sdk/wallet/walletFromSeed'
import type { Scope } from './scope.ts'

/** A node in this process with the explorer and without actors: it makes blocks when the test says so. */
export type LoneNode = {
  readonly node: RunningNode
  readonly url: string
  readonly client: Client
  mine(blocks?: number): void
  /** Creates topics of these names, in as few blocks as they fit. */
  createTopics(names: readonly string[]): Promise<void>
}

const owner = walletFromSeed('lone', 'owner')
const genesis: GenesisState = { balances: [{ address: owner.address, amount: (10n ** 27n).toString() }] }
/** Messages that fit into one transaction. */
const AT_ONCE = 60
const PACE = { epochLength: 1000n, groundTruthLag: 1000n, workerSubmissionWindow: 100n, submissions: 'plain' } as const

function createNamed(template: TopicTemplate, name: string): MessageToSend {
  const message = createFromTemplate(template, owner.address, PACE)
  return message.typeUrl === '/starling.v1.CreateTopicRequest'
    ? { ...message, value: { ...message.value, name } }
    : message
}

/** Starts a node in memory, without a block. */
export async function openLoneNode(scope: Scope): Promise<LoneNode> {
  const node = await startNode({
    chainId: 'starling-lone-1',
    genesis,
    ports: { rest: 0, rpc: 0 },
    log: createLog('silent'),
    extraRoutes: (app) => findExplorer()?.(app),
  })
  scope.defer(() => node.close())
  const client = createClient({ url: node.restUrl, rpc: node.rpcUrl })
  scope.defer(() => client.close())
  const mine = (blocks = 1): void => {
    for (let i = 0; i < blocks; i++) node.engine.mine()
  }
  return {
    node,
    url: node.restUrl,
    client,
    mine,
    async createTopics(names) {
      const [template] = topicTemplates
      if (template === undefined) throw new Error('there is a template')
      const sender = createSender({ client, wallet: owner })
      for (let first = 0; first < names.length; first += AT_ONCE) {
        const messages = names.slice(first, first + AT_ONCE).map((name) => createNamed(template, name))
        const { landed } = await sender.send(messages)
        mine()
        await landed
      }
    },
  }
}
