import { createSender } from '@starling/sdk/sender/createSender'
import { walletFromSeed } from '@starling/sdk/wallet/walletFromSeed'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestNet, type TestNet } from '../testing/startTestNet.ts'
import { createNodeClient } from './createNodeClient.ts'

let net: TestNet
let client: ReturnType<typeof createNodeClient>
const dev = walletFromSeed('test', 'dev')
beforeAll(async () => {
  net = await startTestNet()
  client = createNodeClient(net.node)
  await net.json('topic', 'create', '--template', 'volatility')
  net.node.engine.stop()
})
afterAll(async () => {
  await client.close()
  await net.close()
})

const transfer = (amount: string) => ({
  typeUrl: '/cosmos.bank.v1beta1.MsgSend' as const,
  value: {
    fromAddress: dev.address,
    toAddress: walletFromSeed('test', 'friend').address,
    amount: [{ denom: 'uallo', amount }],
  },
})

describe('a client of a node in this process', () => {
  it('answers as one over the wire does', async () => {
    expect(await client.height()).toBe(await net.client.height())
    expect(await client.topicsUnverified()).toEqual(await net.client.topicsUnverified())
    expect(await client.topicUnverified(1n)).toEqual(await net.client.topicUnverified(1n))
    expect(await client.ledgerUnverified()).toEqual(await net.client.ledgerUnverified())
    for (const list of ['epochsUnverified', 'truthsUnverified', 'lossesUnverified'] as const) {
      expect(await client[list](1n, { after: 3n, limit: 2 })).toEqual(
        await net.client[list](1n, { after: 3n, limit: 2 }),
      )
    }
    const [here, there] = await Promise.allSettled([client.epochUnverified(1n), net.client.epochUnverified(1n)])
    expect(here).toMatchObject({ status: 'rejected', reason: { kind: 'not-found' } })
    expect(here).toEqual(there)
  })

  it('sends, sees each block once, and tells what became of a transaction', async () => {
    const blocks = client.blocks()[Symbol.asyncIterator]()
    const sent = await createSender({ client, wallet: dev }).send([transfer('7')])
    const { header } = net.node.engine.mine()
    const landed = await sent.landed
    expect(landed).toMatchObject({ hash: sent.hash, height: header.height, code: 0 })
    expect(await net.client.tx(sent.hash)).toEqual(landed)
    expect((await blocks.next()).value).toMatchObject({ height: header.height })
    net.node.engine.mine()
    expect((await blocks.next()).value).toMatchObject({ height: header.height + 1n })
    expect(client.seenHeight?.()).toBe(header.height + 1n)
  })

  it('is refused what the chain refuses, and gives up what lands no more', async () => {
    const refused = createSender({ client, wallet: dev }).send([transfer(`1${'0'.repeat(30)}`)])
    await expect(refused).rejects.toMatchObject({ kind: 'refused', codespace: 'sdk', code: 5 })
    await expect(client.broadcast(new Uint8Array([1]))).rejects.toMatchObject({ kind: 'refused' })
    const late = client.waitForTx('0'.repeat(64), await client.height())
    await expect(late).rejects.toMatchObject({ kind: 'timeout' })
  })
})
