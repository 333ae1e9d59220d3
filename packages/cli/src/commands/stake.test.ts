import { walletFromSeed } from '@starling/sdk/wallet/walletFromSeed'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ShownStake } from '../stake/showStake.ts'
import { startRain } from '../testing/startRain.ts'
import { startTestNet, type TestNet } from '../testing/startTestNet.ts'

const ALLO = 10n ** 18n
const reputer = walletFromSeed('test', 'own-1-rain-truth').address
const delegator = walletFromSeed('test', 'consumer').address

let net: TestNet
beforeAll(async () => {
  net = await startTestNet()
  const rain = await startRain(net)
  await rain.said(/adds 100000000000000000000uallo of stake/)
  for await (const { height } of net.client.blocks()) {
    if ((await net.client.actorUnverified(1n, reputer)).stake === `${100n * ALLO}` || height > 1_000n) break
  }
  // No more of its transactions, and no rewards.
  await rain.stop()
})
afterAll(() => net.close())

type Changed = { readonly height: number; readonly completionHeight?: number }

const change = (...argv: readonly string[]) => net.json<Changed>('stake', ...argv, '--from', 'own-1-rain-truth')
const stakeOf = async (address: string): Promise<ShownStake | undefined> =>
  (await net.json<{ stakes: readonly ShownStake[] }>('stake', 'show', address, '--topic', 'rain')).stakes[0]
const ownStake = async (): Promise<bigint> => BigInt((await stakeOf(reputer))?.own ?? '0')

/** Waits until the block stands, and the one after it. */
async function pass(height: number): Promise<void> {
  for await (const block of net.client.blocks()) if (block.height > BigInt(height)) return
}

async function isConserved(): Promise<boolean> {
  const { supply, balances, genesis, minted, burned } = await net.client.ledgerUnverified()
  return supply === balances && BigInt(supply) === BigInt(genesis) + BigInt(minted) - BigInt(burned)
}

describe('FL-07 stake', () => {
  it.each([
    ['-5', 'must be an amount above 0'],
    ['0', 'must be above 0'],
    ['100.5uallo', 'must be whole'],
    ['101', 'has 100.000000 ALLO there in topic 1, less than 101.000000 ALLO. Nothing was signed.'],
  ])('removal of %s is refused before signing', async (amount, sentence) => {
    const before = await net.client.accountUnverified(reputer)
    const argv = ['stake', 'remove', 'rain', amount, '--from', 'own-1-rain-truth']
    const { code, stdout, stderr } = await net.starling(argv)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(sentence)
    expect(await net.client.accountUnverified(reputer)).toEqual(before)
    expect(await ownStake()).toBe(100n * ALLO)
  })

  it('leaves once for each removal, and never more than there is', async () => {
    const first = await change('remove', '1', '60')
    const before = await net.client.balanceUnverified(reputer)
    await pass(first.completionHeight ?? 0)
    expect(await ownStake()).toBe(40n * ALLO)
    expect((await net.client.balanceUnverified(reputer)) - before).toBe(60n * ALLO)
    await pass((first.completionHeight ?? 0) + 60)
    expect((await net.client.balanceUnverified(reputer)) - before).toBe(60n * ALLO)
    expect(await isConserved()).toBe(true)
  })

  it('queues one removal at a time, which can be cancelled', async () => {
    await change('add', '1', '60')
    await change('remove', '1', '60')
    const second = await change('remove', '1', '60')
    await pass(second.completionHeight ?? 0)
    expect(await ownStake()).toBe(40n * ALLO)
    const third = await change('remove', '1', '10')
    const removing = { amount: `${10n * ALLO}`, height: third.completionHeight }
    expect((await stakeOf(reputer))?.removing).toEqual(removing)
    await change('cancel', '1')
    await pass(third.completionHeight ?? 0)
    expect(await ownStake()).toBe(40n * ALLO)
    expect(await isConserved()).toBe(true)
  })
})

describe('delegation', () => {
  it('goes to a reputer and comes back', async () => {
    const delegate = (...argv: readonly string[]) => net.json<Changed>('stake', ...argv, '--from', 'consumer')
    await delegate('delegate', 'rain', reputer, '5')
    expect((await stakeOf(reputer))?.delegated).toBe(`${5n * ALLO}`)
    expect((await stakeOf(delegator))?.delegating).toBe(`${5n * ALLO}`)
    await delegate('rewards', '1', reputer)
    const before = await net.client.balanceUnverified(delegator)
    const { completionHeight } = await delegate('undelegate', '1', reputer, '5')
    expect(completionHeight).toBeGreaterThan(0)
    await pass(completionHeight ?? 0)
    expect((await stakeOf(reputer))?.delegated).toBe('0')
    expect((await net.client.balanceUnverified(delegator)) - before).toBeGreaterThan(4n * ALLO)
    expect(await isConserved()).toBe(true)
  })

  it.each([
    [['delegate', '1', 'allo1abc', '5'], 2, 'REPUTER must be an address'],
    [['delegate', '1', delegator, '5'], 5, 'is no reputer of topic 1; register first'],
    [
      ['undelegate', '1', reputer, '5'],
      2,
      'dev has 0 ALLO there in topic 1, less than 5.000000 ALLO. Nothing was signed.',
    ],
    [['cancel', '1'], 5, 'No stake removal found'],
    [['add', '1', '5'], 5, 'is no reputer of topic 1; register first'],
    [['show', 'allo1abc'], 2, 'ADDRESS must be an address'],
  ])('stake %j ends with %i and says why', async (argv, exitCode, sentence) => {
    const { code, stdout, stderr } = await net.starling(['stake', ...argv])
    expect([code, stdout]).toEqual([exitCode, ''])
    expect(stderr).toContain(sentence)
  })

  it('is shown in a table', async () => {
    const { stdout } = await net.starling(['stake', 'show', reputer])
    expect(stdout).toMatch(
      /^allo1\w+\nTOPIC +REPUTER +OWN +DELEGATED +COUNTS NOW +DELEGATING +ON ITS WAY OUT\n +1 +yes +40\.000000 ALLO/,
    )
    expect((await net.starling(['stake', 'show'])).stdout).toMatch(/^allo1\w+ has no stake in any topic\.\n$/)
  })
})
