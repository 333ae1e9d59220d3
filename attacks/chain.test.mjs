import { describe, expect, it } from 'vitest'
import { chainScenarios, slotParams, slotScenarios } from './chain/chainScenarios.mjs'
import { measureChain } from './chain/measureChain.mjs'
import { playChain } from './chain/playChain.mjs'

/** Enough for twenty settled differences, and some epochs in which they are paid. */
const EPOCHS = 27
const PAID = 22

const everyone = (say) => (view) => ({ commits: view.names.map((name, i) => [name, say(view, i)]) })
const paidTo = ({ records }, addresses) =>
  records
    .flatMap(({ payouts }) => payouts)
    .filter(({ address }) => addresses.includes(address))
    .reduce((sum, { amount }) => sum + Number(amount), 0)

describe('the harness on the state machine', () => {
  const scenarios = [
    { title: 'knows every truth', names: 1, act: everyone(({ truth }) => truth) },
    { title: 'is absent', names: 1, act: () => ({ commits: [] }) },
    { title: 'nobody attacks' },
  ]
  const { played, honest } = playChain({ scenarios, seed: 1, epochs: EPOCHS })
  const [omniscient, absent, clean] = played

  it('settles every epoch', () => {
    for (const { records } of played) {
      expect(records.map(({ status }) => status)).toEqual(Array.from({ length: EPOCHS }, () => 'settled'))
    }
  })

  it('lets a policy that knows every truth earn more than the best honest worker', () => {
    const best = Math.max(...honest.map((address) => paidTo(omniscient, [address])))
    expect(best).toBeGreaterThan(0)
    expect(paidTo(omniscient, [omniscient.own[0].address])).toBeGreaterThan(best)
  })

  it('pays an absent policy nothing, and changes nothing for the others', () => {
    expect(paidTo(absent, [absent.own[0].address])).toBe(0)
    expect(absent.records.map(({ fractions }) => fractions)).toEqual(clean.records.map(({ fractions }) => fractions))
  })
})

describe('attacks on the state machine, a short look', () => {
  const ids = ['G02', 'G03', 'G04', 'G06', 'G10', 'G15']
  const results = measureChain({ seed: 1, epochs: EPOCHS, warmUp: PAID, wanted: ids })
  const of = (title) => results.find((result) => result.title === title)?.contribution

  it.each(chainScenarios.filter(({ id }) => ids.includes(id)).map(({ id, title }) => [id, title]))(
    '%s %s: earns nothing',
    (_id, title) => {
      expect(of(title)?.AS).toBeLessThanOrEqual(0.005)
    },
  )

  it('G03 costs the thief a bond in each epoch, and the victim nothing', () => {
    expect(of("best worker's commitment under another name")).toMatchObject({ missed: 1, VL: 0, moved: 0 })
  })

  it('G04 costs a bond for each commitment that is not revealed', () => {
    expect(of('reveals only what looks good')?.missed).toBeGreaterThan(0)
  })

  it('G15 a lie of 40 % of the stake is never agreed on', () => {
    expect(of('reputers of 40 % lie for 4 poor workers')).toMatchObject({ accepted: 0, contested: 0 })
  })
})

describe('G06 the fight for places', () => {
  it('leaves no more places than there are, and pays squatters who know nothing nothing', () => {
    const scenario = slotScenarios.find(({ title }) => title.endsWith(': the last truth'))
    const { played } = playChain({ scenarios: [scenario], seed: 1, epochs: EPOCHS, params: slotParams })
    const [{ places, own, ...topic }] = played
    expect(Math.max(...places.map((holders) => holders.length))).toBe(Number(slotParams.maxTopInferersToReward))
    expect(
      paidTo(
        topic,
        own.map(({ address }) => address),
      ),
    ).toBe(0)
  })
})
