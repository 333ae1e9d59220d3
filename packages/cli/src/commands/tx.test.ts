import { startDropProxy } from '@starling/sdk/testing/dropProxy'
import { walletFromSeed } from '@starling/sdk/wallet/walletFromSeed'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestNet, type TestNet } from '../testing/startTestNet.ts'

let net: TestNet
beforeAll(async () => {
  net = await startTestNet()
})
afterAll(() => net.close())

const someone = (name: string): string => walletFromSeed('somebody else', name).address
const dev = walletFromSeed('test', 'dev').address
type Sent = { readonly hash: string; readonly height: number }
type Found = { readonly total: number; readonly txs: readonly { readonly hash: string; readonly height: number }[] }

describe('tx', () => {
  it('sends coins, and shows the transaction', async () => {
    const to = someone('a')
    const { hash, height } = await net.json<Sent>('tx', 'send', to, '1.5')
    expect(await net.client.balanceUnverified(to)).toBe(1_500_000_000_000_000_000n)
    expect(await net.json('tx', hash.toLowerCase())).toMatchObject({ hash, height, code: 0, codespace: '' })
    const { stdout } = await net.starling(['tx', hash])
    expect(stdout).toContain(`height:   ${height}\nstatus:   done\n`)
    expect(stdout).toContain(`transfer recipient=${to} sender=${dev} amount=1500000000000000000uallo`)
  })

  it.each([
    [['tx', '12'], 2, '"12" is no hash of a transaction'],
    [['tx', '0'.repeat(64)], 4, 'No block has the transaction 0000'],
    [['tx', 'send', 'allo1abc', '1'], 2, 'TO must be an address like allo1…, got "allo1abc"'],
    [['tx', 'send', 'bob', '1'], 2, 'There is no key "bob"'],
    [['tx'], 2, 'Usage: starling tx'],
  ])('%j ends with %i and says why', async (argv, exitCode, sentence) => {
    const { code, stderr } = await net.starling(argv)
    expect(code).toBe(exitCode)
    expect(stderr).toContain(sentence)
  })

  it.each(['request', 'reply'] as const)('FL-09 sends once where the %s of the broadcast is lost', async (drop) => {
    const to = someone(drop)
    const proxy = await startDropProxy({ target: net.node.restUrl, drop, times: 1 })
    const before = await net.client.accountUnverified(dev)
    const { code, stdout } = await net.starling(['tx', 'send', to, '7uallo', '--node', proxy.url])
    expect([code, stdout]).toEqual([0, expect.stringMatching(/stands in block \d+\.\n$/)])
    expect(await net.client.balanceUnverified(to)).toBe(7n)
    expect((await net.client.accountUnverified(dev))?.sequence).toBe((before?.sequence ?? 0n) + 1n)
    await proxy.close()
  })

  it('FL-29 each of many sends at once lands or is reported', async () => {
    const to = someone('many')
    const before = (await net.client.accountUnverified(dev))?.sequence ?? 0n
    const runs = await Promise.all(Array.from({ length: 8 }, () => net.starling(['tx', 'send', to, '1uallo'])))
    const landed = BigInt(runs.filter(({ code }) => code === 0).length)
    for (const { code, stderr } of runs.filter((run) => run.code !== 0)) {
      expect([code, stderr]).toEqual([5, expect.stringMatching(/expected \d+, got \d+/)])
    }
    expect(landed).toBeGreaterThan(0n)
    expect(await net.client.balanceUnverified(to)).toBe(landed)
    expect((await net.client.accountUnverified(dev))?.sequence).toBe(before + landed)
  })

  it('FL-35 searches, and says how a wrong query would be right', async () => {
    const { hash, height } = await net.json<Sent>('tx', 'send', someone('z'), '1')
    const search = (query: string) => net.json<Found>('tx', 'search', query)
    expect((await search(`tx.height=${height}`)).txs.map((tx) => tx.hash)).toEqual([hash])
    expect((await search(`tx.height>${height}`)).total).toBe(0)
    const found = await search(`message.sender='${dev}'`)
    expect(found.txs.some((tx) => tx.hash === hash)).toBe(true)
    for (const [query, sentence] of [
      ['', 'The query is empty'],
      [`message.sender=${dev}`, `Did you mean: message.sender='${dev}'`],
      ['tx.height>', 'expected a value'],
    ] as const) {
      const { code, stdout, stderr } = await net.starling(['tx', 'search', query])
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).toContain(sentence)
    }
  })
})
