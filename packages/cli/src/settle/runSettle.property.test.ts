import fc from 'fast-check'
import { expect, it } from 'vitest'
import { runWith } from '../testing/testIo.ts'
import { epoch, numberPolicy } from './testing/epoch.ts'

const number = fc.oneof(
  fc.constantFrom(0, 1, -1, 1e9, -1e9, 1e-308, 5e-324, 1e-12),
  fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
)
const size = number.map(Math.abs)
const orNull = fc.option(number)
const fraction = fc.double({ min: 0, max: 1, noNaN: true })
const regretsBy = fc.record({ w1: number, w2: number, f1: number }, { requiredKeys: [] })
const worker = {
  regret: orNull,
  withoutInferer: regretsBy,
  withoutForecaster: regretsBy,
  weight: size,
  inclusions: fc.nat(30),
  rewardFraction: fc.option(fraction),
  lastNonce: fc.nat(),
}
const inferer = fc.record({ ...worker, naiveRegret: orNull, withForecaster: regretsBy })
const forecaster = fc.record({ ...worker, withSelf: orNull })
const reputer = fc.record({
  listeningCoefficient: fraction,
  rewardFraction: fc.option(fraction),
  lastNonce: fc.nat(),
})
const state = fc.record({
  initialRegret: number,
  regretScale: size,
  combinedLoss: orNull,
  inferers: fc.record({ w1: inferer, w2: inferer, w3: inferer }, { requiredKeys: [] }),
  forecasters: fc.record({ f1: forecaster }, { requiredKeys: [] }),
  reputers: fc.record({ r1: reputer }, { requiredKeys: [] }),
  infererScores: fc.array(number),
  forecasterScores: fc.array(number),
  forecasterScoreRatio: number,
  inferenceMadEma: size,
})
/** Values and forecasts of any size that a policy can allow; what is closer to 0 than a normal double is refused before. */
const normal = (largest: number) =>
  fc.double({ noNaN: true, min: -largest, max: largest }).map((value) => (Math.abs(value) < 1e-300 ? 0 : value))
const value = normal(1e150)
const forecast = normal(Number.MAX_VALUE)

it('settles every well-formed state and epoch, however extreme, with finite numbers and the whole reward', async () => {
  const policy = { ...numberPolicy, domain_lowest: '-1e150', domain_highest: '1e150' }
  await fc.assert(
    fc.asyncProperty(state, value, value, value, forecast, forecast, async (prior, first, second, truth, a, b) => {
      const document = {
        ...epoch,
        topic: { id: 1, policy },
        prior,
        inferences: [
          { worker: 'w1', value: first },
          { worker: 'w2', value: second },
        ],
        forecasts: [
          {
            forecaster: 'f1',
            elements: [
              { inferer: 'w1', value: a },
              { inferer: 'w2', value: b },
            ],
          },
        ],
        reputers: [{ address: 'r1', stake: '5', value: truth }],
      }
      const { code, stdout, stderr } = await runWith(['settle', '--input', '-', '--json'], {
        stdin: JSON.stringify(document),
      })
      expect([code, stderr]).toEqual([0, ''])
      const output = JSON.parse(stdout)
      const paid = output.rewards.reduce((sum: bigint, one: { amount: string }) => sum + BigInt(one.amount), 0n)
      expect(paid + BigInt(output.unpaid)).toBe(1000n)
    }),
    { numRuns: 300 },
  )
})
