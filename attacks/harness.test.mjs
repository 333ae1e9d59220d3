import { describe, expect, it } from 'vitest'
import { policies } from './policies.mjs'
import { attackerShare, simulate } from './simulate.mjs'
import { upperBound } from './statistics.mjs'
import { judge } from './table.mjs'

describe.each(['contribution', 'reference'])('the harness under %s pay', (rule) => {
  const run = (attack, seed = 1) => simulate({ rule, world: 'W1', seed, epochs: 160, attack })

  it('lets a policy that knows every truth earn more than the best honest worker', () => {
    const { shares } = run(policies.omniscient())
    const best = Math.max(...[...shares].filter(([name]) => name.startsWith('h')).map(([, share]) => share))
    expect(shares.get('a000')).toBeGreaterThan(best)
  })

  it('pays an absent policy nothing, and changes nothing for the others', () => {
    const absent = run(policies.absent())
    expect(attackerShare(absent)).toBe(0)
    expect([...absent.shares]).toEqual([...run(null).shares])
  })

  it('is the same twice', () => {
    expect(run(policies.noise(2))).toEqual(run(policies.noise(2)))
  })
})

describe('what an attacker sees', () => {
  const seen = (sealed, attack = {}) => {
    const views = []
    const commit = (view) => {
      views.push(view)
      return []
    }
    simulate({ rule: 'reference', world: 'W1', seed: 1, epochs: 3, sealed, attack: { ...attack, commit } })
    return views
  }

  it('are no values of the running epoch and no truth while submissions are sealed', () => {
    const [first, second] = seen(true)
    expect(first).toMatchObject({ t: 0, past: null, network: null, signal: null, mempool: null })
    expect(second?.past.acts).toHaveLength(20)
    expect(first).not.toHaveProperty('truth')
  })

  it('are the values of the others where they are plain', () => {
    expect(seen(false)[0]?.mempool).toHaveLength(20)
  })

  it('is the value of the worker that it owns, who then does not answer itself', () => {
    const [first] = seen(false, { owns: 3 })
    expect(first?.signal).toEqual(expect.any(Number))
    expect(first?.mempool.map(({ worker }) => worker)).not.toContain('h003')
  })
})

describe('the verdict', () => {
  const scenario = { id: 'G00', title: 'a test', criteria: { AS: 0.1 } }
  const results = (values) => values.map((AS) => ({ contribution: { AS }, reference: { AS } }))

  it('asks the upper bound, not the mean, but of fewer than five seeds the mean', () => {
    expect(upperBound([0, 0, 0, 0, 0.3])).toBeGreaterThan(0.1)
    expect(judge(scenario, results([0.05, 0.06])).passed).toBe(true)
    expect(judge(scenario, results([0, 0, 0, 0, 0.3])).passed).toBe(false)
    expect(judge(scenario, results([0, 0, 0, 0.3])).passed).toBe(true)
  })

  it('is a failure where the metric is missing, and none without a criterion', () => {
    expect(judge(scenario, [{ contribution: {}, reference: {} }]).passed).toBe(false)
    expect(judge({ ...scenario, criteria: {} }, results([1])).passed).toBe(null)
  })
})
