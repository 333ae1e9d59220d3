import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AskedAnswer } from '../ask/runAsk.ts'
import { type Rain, rainPace, startRain } from '../testing/startRain.ts'
import { startTestNet, type TestNet } from '../testing/startTestNet.ts'

let net: TestNet
let rain: Rain
beforeAll(async () => {
  net = await startTestNet()
  rain = await startRain(net)
})
afterAll(async () => {
  await net.close()
})

type Payments = { readonly escrow: string; readonly suggestedPrice: string; readonly requests: number }

const PAY = '50000000000000000'
const payments = () => net.json<Payments>('query', 'payments', 'rain')

describe('ask --pay', () => {
  it('ends with 4 and sends nothing where there is no answer yet', async () => {
    const early = await net.starling(['ask', 'rain', '--pay', '0.05', '--json'])
    expect([early.code, early.stdout]).toEqual([4, ''])
    expect(early.stderr).toContain('Topic 1 has no answer yet')
    expect(await payments()).toMatchObject({ requests: 0, suggestedPrice: '0' })
  })

  it.each([
    ['--reference stands in a receipt', ['--reference', 'x']],
    ['in blocks from 1 on', ['--pay', '1', '--max-age', '30s']],
    ['in blocks from 1 on', ['--pay', '1', '--max-age', '0']],
    ['64 printable ASCII characters', ['--pay', '1', '--reference', 'x'.repeat(65)]],
    ['The amount must be', ['--pay', 'much']],
  ])('ends with 2 and says %s', async (sentence, argv) => {
    const refused = await net.starling(['ask', 'rain', ...argv])
    expect([refused.code, refused.stdout]).toEqual([2, ''])
    expect(refused.stderr).toContain(sentence)
  })

  it('prints the answer that it bought and its proven receipt, which can be read again', async () => {
    writeFileSync(net.file('seven.mjs'), 'export const predict = () => 7\n')
    const argv = ['worker', '--topic', 'rain', '--model', net.file('seven.mjs'), '--epochs', '1']
    expect((await net.starling(argv)).code).toBe(0)
    const fresh = String(10 * rainPace.epochLength)
    const before = BigInt((await payments()).escrow)
    const bought = await net.json<AskedAnswer>(
      ...['ask', 'rain', '--pay', '0.05', '--max-age', fresh, '--reference', 'order-7'],
    )
    expect(bought).toMatchObject({
      topic: 1,
      value: 7,
      receipt: {
        ...{ id: 1, nonce: bought.nonce, pay: PAY, height: expect.any(Number), reference: 'order-7' },
        proof: { status: 'verified', hash: expect.stringMatching(/^[0-9A-F]{64}$/) },
      },
    })
    expect(bought.receipt?.proof.height).toBeGreaterThan(bought.receipt?.height ?? 0)
    expect(await net.json('query', 'receipt', '1')).toMatchObject({
      ...{ id: 1, topicId: 1, nonce: bought.nonce, pay: PAY, reference: 'order-7' },
      proof: { status: 'verified' },
    })
    const after = await payments()
    expect(after).toMatchObject({ suggestedPrice: PAY, requests: 1 })
    expect(BigInt(after.escrow)).toBeLessThanOrEqual(before + BigInt(PAY))
    const { stdout } = await net.starling(['ask', 'rain', '--pay', '1000uallo', '--max-age', fresh])
    expect(stdout).toMatch(/^rain \(topic 1\): 7 degrees\n/)
    expect(stdout).toMatch(/\nreceipt 2: .* for nonce \d+ in block \d+; proven, "starling query receipt 2" shows it/)
    const free = await net.json<AskedAnswer>('ask', 'rain', '--pay', '0', '--max-age', fresh)
    expect(free.receipt).toMatchObject({ id: 3, pay: '0', reference: '' })
  })

  it('ends with 4 and pays nothing where the answer is too old, and with 5 where the coins are missing', async () => {
    await rain.stop()
    for (let i = 0; i < 5 * rainPace.epochLength; i++) net.node.engine.mine()
    const before = await payments()
    const old = await net.starling(['ask', 'rain', '--pay', '1', '--max-age', '1'])
    expect([old.code, old.stdout]).toEqual([4, ''])
    expect(old.stderr).toMatch(/is \d+ blocks old, and 1 are allowed: nothing was sent or paid/)
    const fresh = String(100 * rainPace.epochLength)
    const poor = await net.starling(['ask', 'rain', '--pay', '1000000000000', '--max-age', fresh])
    expect([poor.code, poor.stdout]).toEqual([5, ''])
    expect(await payments()).toMatchObject({ requests: before.requests })
    expect((await net.starling(['query', 'receipt', '99'])).code).toBe(4)
  })
})
