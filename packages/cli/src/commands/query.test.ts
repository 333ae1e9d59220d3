import { walletFromSeed } from '@starling/sdk/wallet/walletFromSeed'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestNet, type TestNet } from '../testing/startTestNet.ts'

let net: TestNet
beforeAll(async () => {
  net = await startTestNet()
  await net.json('topic', 'create', '--template', 'volatility')
})
afterAll(() => net.close())

const dev = walletFromSeed('test', 'dev').address

describe('query', () => {
  it('tells of topics, accounts, money and parameters', async () => {
    expect(await net.json('query', 'topic', '1')).toMatchObject({ id: 1, name: 'volatility', windows: [] })
    expect(await net.json('query', 'actor', '1', dev)).toMatchObject({ worker: false, stake: '0', infererScore: null })
    expect(await net.json('query', 'balance', dev)).toMatchObject({
      denom: 'uallo',
      amount: expect.stringMatching(/^\d+$/),
    })
    const ledger = await net.json<Record<string, string>>('query', 'ledger')
    expect(ledger.balances).toBe(ledger.supply)
    expect(await net.json('query', 'params')).toMatchObject({
      fees: { maxTxBytes: 1_048_576 },
      mint: expect.anything(),
    })
    expect(await net.json('query', '/starling/v1/fees')).toMatchObject({ params: { max_tx_bytes: '1048576' } })
    const { stdout } = await net.starling(['query', 'ledger'])
    expect(stdout).toMatch(/^genesis: +\d+\nminted: +\d+\n/)
  })

  it.each([
    [['query'], 2, 'Usage: starling query'],
    [['query', 'topc'], 2, 'query takes one of topic, epoch'],
    [['query', '/nope'], 3, 'does not offer this'],
    [['query', '/starling/v1/topics/abc'], 2, 'abc'],
    [['query', 'balance', 'allo1abc'], 2, 'ADDRESS must be an address'],
    [['query', 'epoch', '1'], 4, 'topic 1 has no settled epoch yet'],
    [['query', 'epoch', '1', '-3'], 2, 'NONCE must be a whole number from 1'],
    [['query', 'epoch', '1', 'first'], 2, 'NONCE must be a whole number from 1'],
    [['query', 'answer', '1'], 4, 'topic 1 has no answer yet'],
  ])('%j ends with %i and says why', async (argv, exitCode, sentence) => {
    const { code, stdout, stderr } = await net.starling(argv)
    expect([code, stdout]).toEqual([exitCode, ''])
    expect(stderr).toContain(sentence)
  })
})
