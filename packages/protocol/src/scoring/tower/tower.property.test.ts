import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Inference } from '../types.ts'
import { combineTower } from './combineTower.ts'
import { type PlayedRow, playTower } from './testing/playTower.ts'
import { TOWER_RULES, type TowerConfig, type TowerState } from './towerTypes.ts'

const number = (rule: TowerConfig['rule'], more: Partial<TowerConfig> = {}): TowerConfig => ({
  loss: 'squared',
  domain: [-1.7e308, 1.7e308],
  labels: [],
  levels: [],
  ...(rule === undefined ? {} : { rule }),
  ...more,
})
const labels: TowerConfig = { loss: 'cross-entropy', domain: [0, 1], labels: ['a', 'b', 'c'], levels: [] }
const quantiles: TowerConfig = number('bare', { loss: 'pinball', levels: [0.1, 0.5, 0.9] })
const rules = TOWER_RULES
const nameOf = (i: number): string => `w${String(i).padStart(3, '0')}`

/** A table of `epochs` with numbers from a seed; members sleep now and then, truths come one or two epochs later. */
function table(seed: number, members: number, epochs: number, outputs = 1): readonly PlayedRow[] {
  let state = seed
  const random = (): number => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 2147483648
  }
  return Array.from({ length: epochs }, (_, epoch) => {
    const truth = random() * 4
    const inferences: Inference[] = []
    for (let i = 0; i < members; i += 1) {
      const values = Array.from({ length: outputs }, (_, k) => truth + (random() - 0.4) * (1 + (i % 4)) + k)
      if (i === epoch % members || random() < 0.8) inferences.push({ worker: nameOf(i), values })
    }
    return { epoch, available: epoch + 1 + (random() < 0.2 ? 1 : 0), truth, inferences }
  })
}

/** The same with probabilities of three labels. */
function labelTable(seed: number, members: number, epochs: number): readonly PlayedRow[] {
  return table(seed, members, epochs, 3).map(({ inferences, truth, ...row }) => ({
    ...row,
    truth: Math.floor(truth * 0.74),
    inferences: inferences.map(({ worker, values }) => {
      const positive = values.map((v) => Math.abs(v) + 0.01)
      const total = positive.reduce((a, b) => a + b, 0)
      return { worker, values: positive.map((v) => v / total) }
    }),
  }))
}

/** Every number in plain data. */
function numbersIn(data: unknown): readonly number[] {
  const found: number[] = []
  JSON.stringify(data, (_, value: unknown) => {
    if (typeof value === 'number') found.push(value)
    return value
  })
  return found
}

const cases: readonly (readonly [string, TowerConfig, (seed: number) => readonly PlayedRow[]])[] = [
  ...rules.map((rule) => [`numbers, ${rule}`, number(rule), (seed: number) => table(seed, 7, 30)] as const),
  ['quantiles', quantiles, (seed) => table(seed, 6, 30, 3)],
  ['labels', labels, (seed) => labelTable(seed, 6, 30)],
]

describe.each(cases)('VT-10 %s', (_, config, make) => {
  const seeds = fc.integer({ min: 1, max: 1e6 })

  it('does not depend on the order of the members', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const rows = make(seed)
        const turned = rows.map((row) => ({ ...row, inferences: row.inferences.toReversed() }))
        expect(playTower(config, turned)).toEqual(playTower(config, rows))
      }),
      { numRuns: 5 },
    )
  })

  it('answers before a truth whatever that truth will be', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 28 }), (seed, until) => {
        const rows = make(seed)
        const other = (truth: number): number => (config.labels.length > 0 ? (truth + 1) % 3 : truth * -3 + 17)
        const spoilt = rows.map((row) => (row.available > until ? { ...row, truth: other(row.truth) } : row))
        const seen = (played: ReturnType<typeof playTower>) => played.answers.slice(0, until + 1)
        expect(seen(playTower(config, spoilt))).toEqual(seen(playTower(config, rows)))
      }),
      { numRuns: 5 },
    )
  })

  it('is plain data: a state that was written and read goes on the same', () => {
    const rows = make(5)
    const { state } = playTower(config, rows)
    const read: TowerState = JSON.parse(JSON.stringify(state))
    const ask = (from: TowerState) => combineTower(config, from, rows.slice(-1), { oneOut: true })
    expect(ask(read)).toEqual(ask(state))
    expect(read).toEqual(state)
  })

  it('weights sum to 1 and the one-outs are those of everybody awake', () => {
    const rows = make(11)
    const { state } = playTower(config, rows)
    for (const row of rows.slice(-6)) {
      const [answer] = combineTower(config, state, [row], { oneOut: true })
      const awake = row.inferences.map(({ worker }) => worker).toSorted()
      expect(answer?.weights.map(({ worker }) => worker)).toEqual(awake)
      expect(answer?.oneOut.map(({ worker }) => worker)).toEqual(awake)
      expect(answer?.weights.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9)
    }
  })

  it('without records a one-out is the answer that the others alone would give', () => {
    const [row] = make(8)
    const fresh = playTower(config, []).state
    const inferences = row?.inferences ?? []
    const [answer] = combineTower(config, fresh, [{ inferences }], { oneOut: true })
    for (const { worker, values } of answer?.oneOut ?? []) {
      const others = inferences.filter((one) => one.worker !== worker)
      const [alone] = combineTower(config, fresh, [{ inferences: others }], { oneOut: false })
      for (const [k, value] of values.entries()) expect(value).toBeCloseTo(alone?.values[k] ?? Number.NaN, 9)
    }
    expect(answer?.oneOut.length).toBe(inferences.length)
  })

  it('a member alone has no one-out, and nobody no answer', () => {
    const rows = make(3)
    const [first] = rows
    const one = { ...first, epoch: 0, available: 1, truth: 1, inferences: first?.inferences.slice(0, 1) ?? [] }
    const [alone] = combineTower(config, playTower(config, []).state, [one], { oneOut: true })
    expect(alone?.oneOut).toEqual([])
    expect(combineTower(config, playTower(config, rows).state, [{ inferences: [] }], { oneOut: true })).toEqual([null])
  })
})

describe.each(rules)('VT-10 hostile values, %s', (rule) => {
  const extreme = fc.constantFrom(1e300, -1e300, 1.7e308, 0, 1e-300, 5e-324, 1, 2, 1e9, -3)
  const losses = fc.constantFrom('squared', 'absolute', 'huber', 'logcosh', 'relative-squared', 'qlike', 'quantile')

  it('every answer and every stored number is finite', () => {
    const row = fc.record({ values: fc.array(extreme, { minLength: 1, maxLength: 5 }), truth: extreme })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 14 }), losses, (epochs, loss) => {
        const rows = epochs.map(({ values, truth }, epoch) => ({
          epoch,
          available: epoch + 1,
          truth,
          inferences: values.map((value, i) => ({ worker: nameOf(i), values: [value] })),
        }))
        const { answers, state } = playTower(number(rule, { loss, lossParameter: 0.5 }), rows)
        const all = numbersIn({ answers, state })
        expect(all.every((one) => Number.isFinite(one))).toBe(true)
        expect(JSON.stringify({ answers, state })).not.toContain('null')
      }),
      { numRuns: 40 },
    )
  })

  it('members who are always right are believed', () => {
    const rows = Array.from({ length: 20 }, (_, epoch) => ({
      epoch,
      available: epoch + 1,
      truth: 4,
      inferences: [0, 1, 2].map((i) => ({ worker: nameOf(i), values: [4] })),
    }))
    for (const answer of playTower(number(rule), rows).answers) expect(answer?.values[0]).toBeCloseTo(4, 12)
  })

  it('members leave after 64 lessons without them, and what is stored is bounded', () => {
    const epochs = 150
    const rows = Array.from({ length: epochs }, (_, epoch) => ({
      epoch,
      available: epoch + 1,
      truth: epoch % 7,
      inferences: Array.from({ length: 20 }, (_, i) => ({
        worker: nameOf(epoch < 70 ? i : i + 12),
        values: [(epoch % 7) + ((i * 37 + epoch * 11) % 13) / 13],
      })),
    }))
    const { state } = playTower(number(rule), rows)
    expect(state.members).toEqual(Array.from({ length: 20 }, (_, i) => nameOf(i + 12)))
    expect(numbersIn(state).length).toBeLessThanOrEqual(200 * state.members.length)
  })
})

describe('VT-10 bounds', () => {
  it('at most 512 members, those known first', () => {
    const rows = Array.from({ length: 2 }, (_, epoch) => ({
      epoch,
      available: epoch + 1,
      truth: 1,
      inferences: Array.from({ length: epoch === 0 ? 300 : 600 }, (_, i) => ({
        worker: nameOf(epoch === 0 ? i + 300 : i),
        values: [i],
      })),
    }))
    const last = { ...rows[1], epoch: 2, available: 3, truth: 1, inferences: [] }
    const { state, answers } = playTower(number('guarded'), [...rows, last])
    expect(state.members.length).toBe(512)
    expect(state.members.slice(212)).toEqual(Array.from({ length: 300 }, (_, i) => nameOf(i + 300)))
    expect(answers[1]?.weights.length).toBe(512)
  })

  it('one absurd first value does not ruin a guarded tower', () => {
    const honest = table(9, 6, 120)
    const spoilt = honest.map((row, t) =>
      t === 0
        ? { ...row, inferences: row.inferences.map((one, i) => (i === 1 ? { ...one, values: [1e12] } : one)) }
        : row,
    )
    const lossOf = (rows: readonly PlayedRow[]): number => {
      const { answers } = playTower(number('guarded'), rows)
      return rows.reduce((sum, { truth }, i) => sum + ((answers[i]?.values[0] ?? 0) - truth) ** 2, 0)
    }
    expect(lossOf(spoilt)).toBeLessThan(1.2 * lossOf(honest))
  })

  it('G09 who alone was right for long and then says a million moves the answer by no more than others explain', () => {
    const epochs = 80
    const rows = table(4, 12, epochs).map((row) => {
      const others = row.inferences.filter(({ worker }) => worker !== 'perfect')
      const value = row.epoch === epochs - 1 ? 1e6 : row.truth
      return { ...row, inferences: [...others, { worker: 'perfect', values: [value] }] }
    })
    const { answers } = playTower(number('keyed'), rows)
    const last = rows.at(-1)
    const values = last?.inferences.flatMap((one) => (one.worker === 'perfect' ? [] : one.values)) ?? []
    const range = Math.max(...values) - Math.min(...values)
    const off = Math.abs((answers.at(-1)?.values[0] ?? Number.NaN) - (last?.truth ?? 0))
    expect(off / range).toBeLessThan(30)
    expect(Math.abs((answers.at(-2)?.values[0] ?? Number.NaN) - (rows.at(-2)?.truth ?? 0))).toBeLessThan(0.05 * range)
  })

  it('VT-10 whole numbers that begin with an exact answer do not leave bounds in which nobody is believed', () => {
    const noise = table(3, 4, 400)
    const whole = noise.map((row, epoch) => {
      const truth = Math.round(row.truth)
      const inferences = [0, 1, 2, 3].map((i) => {
        const off = noise[(epoch * 4 + i + 7) % noise.length]?.truth ?? 0
        return { worker: nameOf(i), values: [truth + (epoch === 0 ? 0 : Math.round((off - 2) * 0.7))] }
      })
      return { ...row, truth, inferences }
    })
    const { answers } = playTower(number('keyed'), whole)
    const lossOf = (say: (row: PlayedRow, i: number) => number): number =>
      whole.reduce((sum, row, i) => sum + (say(row, i) - row.truth) ** 2, 0)
    const network = lossOf((_, i) => answers[i]?.values[0] ?? Number.NaN)
    const mean = lossOf(({ inferences }) => inferences.reduce((sum, { values }) => sum + (values[0] ?? 0) / 4, 0))
    expect(network / mean).toBeLessThan(1.1)
  })
})
