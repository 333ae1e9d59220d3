import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultScoringParams } from '../defaultScoringParams.ts'
import { emptyScoringState } from '../emptyScoringState.ts'
import { newForecasterState, newInfererState } from '../newWorkerState.ts'
import type { ForecasterState, InfererState, ScoringState } from '../stateTypes.ts'
import type { Forecast, Inference } from '../types.ts'
import { computeNetworkValues, computePlainValues } from './computeNetworkValues.ts'

const params = defaultScoringParams

const inferer = (regret: number): InfererState => ({ ...newInfererState, regret, naiveRegret: regret })

const forecaster = (regret: number): ForecasterState => ({ ...newForecasterState, regret })

const worked: { inferences: Inference[]; forecasts: Forecast[]; state: ScoringState } = {
  inferences: [
    { worker: 'C', values: [20] },
    { worker: 'A', values: [10] },
    { worker: 'B', values: [12] },
  ],
  forecasts: [
    {
      forecaster: 'F',
      elements: [
        { inferer: 'A', value: 0.3 },
        { inferer: 'B', value: 0.6 },
        { inferer: 'C', value: 0.9 },
      ],
    },
  ],
  state: {
    ...emptyScoringState(),
    initialRegret: -1,
    combinedLoss: 0.5,
    inferers: { A: inferer(0.2), B: inferer(0.1), C: inferer(-0.3) },
    forecasters: { F: forecaster(0.05) },
  },
}

function expectClose(actual: number | undefined, expected: number): void {
  expect(Math.abs((actual ?? Number.NaN) / expected - 1)).toBeLessThan(1e-13)
}

describe('network values (math 3)', () => {
  it('of the worked example without a stored scale', () => {
    const values = computeNetworkValues({ ...worked, params })
    expectClose(values?.forecasters[0]?.values[0], 10.520880434482047)
    expectClose(values?.combined[0], 10.7112666762055)
    expectClose(values?.naive[0], 10.669900090139768)
    expect(values?.inferers.map(({ worker }) => worker)).toEqual(['A', 'B', 'C'])
  })

  it('of the worked example with the stored scale 0.25', () => {
    const values = computeNetworkValues({ ...worked, state: { ...worked.state, regretScale: 0.25 }, params })
    expectClose(values?.forecasters[0]?.values[0], 10.123367710502027)
    expectClose(values?.combined[0], 10.59027812395964)
    expectClose(values?.naive[0], 10.684363109475818)
  })

  it('but for the combined ones are the same where another rule combines', () => {
    for (const inferences of [worked.inferences, worked.inferences.slice(0, 1), []]) {
      const input = { ...worked, inferences, params }
      const all = computeNetworkValues(input)
      const plain = computePlainValues(input)
      if (all === null || plain === null) expect([all, plain]).toEqual([null, null])
      else expect(all).toEqual({ ...all, ...plain })
    }
    const names = Object.keys(computePlainValues({ ...worked, params }) ?? {})
    expect(names).toEqual(['naive', 'inferers', 'forecasters', 'oneInForecasters', 'oneOutInfererForecasters'])
  })

  it('of no inference is null; of one, that inference alone', () => {
    expect(computeNetworkValues({ ...worked, inferences: [], params })).toBeNull()
    const one = computeNetworkValues({ ...worked, inferences: [{ worker: 'B', values: [12] }], params })
    expect(one).toMatchObject({ combined: [12], naive: [12], oneOutInferers: [], forecasters: [], weights: [] })
  })

  it('of two inferers: each one-out is the other’s value', () => {
    const two = computeNetworkValues({ ...worked, inferences: worked.inferences.slice(0, 2), forecasts: [], params })
    expect(two?.oneOutInferers).toEqual([
      { worker: 'A', values: [20] },
      { worker: 'C', values: [10] },
    ])
  })

  it('ignores forecasters before the first loss, and takes the plain mean while all are new', () => {
    const values = computeNetworkValues({ ...worked, state: emptyScoringState(), params })
    expect(values?.combined).toEqual([14])
    expect(values?.forecasters).toEqual([])
    const known = computeNetworkValues({ ...worked, state: { ...emptyScoringState(), combinedLoss: 0.5 }, params })
    expect(known?.forecasters).toEqual([{ worker: 'F', values: [12] }])
    expect(known?.combined).toEqual([14])
  })

  it('do not depend on the order of a forecast’s elements, to the last bit', () => {
    const value = fc.double({ min: -3, max: 3, noNaN: true })
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        const elements = [
          { inferer: 'A', value: a },
          { inferer: 'B', value: b },
          { inferer: 'C', value: c },
        ]
        const of = (ordered: typeof elements) =>
          computeNetworkValues({ ...worked, forecasts: [{ forecaster: 'F', elements: ordered }], params })
        expect(of(elements.toReversed())).toEqual(of(elements))
      }),
    )
  })

  it('fall back to the plain mean where a forecaster without value outweighs everybody', () => {
    const values = computeNetworkValues({
      inferences: worked.inferences,
      forecasts: [{ forecaster: 'F', elements: [{ inferer: 'A', value: 0 }] }],
      state: {
        ...worked.state,
        regretScale: 0.01,
        initialRegret: -9,
        inferers: {},
        forecasters: { F: { ...forecaster(5), withoutInferer: { A: 5 } } },
      },
      params,
    })
    expect(values?.oneOutInferers[0]).toEqual({ worker: 'A', values: [16] })
  })

  it('AUD-H2 FL-03 an element about a worker without inference changes nothing', () => {
    const [forecast] = worked.forecasts
    const elements = [...(forecast?.elements ?? []), { inferer: 'w9', value: -5 }]
    const stale = computeNetworkValues({ ...worked, forecasts: [{ forecaster: 'F', elements }], params })
    expect(stale).toEqual(computeNetworkValues({ ...worked, params }))
  })

  it('names that every object inherits are ordinary workers', () => {
    const odd = ['constructor', '__proto__', 'toString'].map((worker, i) => ({ worker, values: [i] }))
    expect(computeNetworkValues({ ...worked, inferences: odd, forecasts: [], params })?.combined).toEqual([1])
  })

  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const number = fc.double({ min: -100, max: 100, noNaN: true })
  const world = fc.record({
    inferences: fc
      .subarray(names, { minLength: 2 })
      .chain((workers) =>
        fc
          .array(fc.tuple(number, number), { minLength: workers.length, maxLength: workers.length })
          .map((values) => workers.map((worker, i): Inference => ({ worker, values: values[i] ?? [0, 0] }))),
      ),
    forecasts: fc.subarray(['x', 'y', 'z']).chain((workers) =>
      fc.array(fc.subarray(names), { minLength: workers.length, maxLength: workers.length }).chain((named) =>
        fc.array(number, { minLength: 6, maxLength: 6 }).map((losses) =>
          workers.map(
            (worker, i): Forecast => ({
              forecaster: worker,
              elements: (named[i] ?? []).map((inferer, at) => ({ inferer, value: losses[at] ?? 0 })),
            }),
          ),
        ),
      ),
    ),
    regrets: fc.array(number, { minLength: 9, maxLength: 9 }),
    scale: fc.constantFrom(0, 0.3),
  })
  const stateOf = (regrets: readonly number[], regretScale: number): ScoringState => ({
    ...emptyScoringState(),
    initialRegret: -0.5,
    regretScale,
    combinedLoss: 0.1,
    inferers: Object.fromEntries(names.map((name, i) => [name, inferer(regrets[i] ?? 0)])),
    forecasters: Object.fromEntries(['x', 'y', 'z'].map((name, i) => [name, forecaster(regrets[6 + i] ?? 0)])),
  })

  it('stay within the members’ range, whatever the order of submissions', () => {
    fc.assert(
      fc.property(world, ({ inferences, forecasts, regrets, scale }) => {
        const state = stateOf(regrets, scale)
        const values = computeNetworkValues({ inferences, forecasts, state, params })
        const reversed = { inferences: inferences.toReversed(), forecasts: forecasts.toReversed() }
        expect(computeNetworkValues({ ...reversed, state, params })).toEqual(values)
        for (const output of [0, 1]) {
          const column = inferences.map((inference) => inference.values[output] ?? 0)
          const all = [values?.combined, values?.naive, ...(values?.oneOutInferers ?? []).map((one) => one.values)]
          for (const vector of all) {
            expect(vector?.[output]).toBeGreaterThanOrEqual(Math.min(...column) - 1e-9)
            expect(vector?.[output]).toBeLessThanOrEqual(Math.max(...column) + 1e-9)
          }
        }
      }),
    )
  })

  it('a matrix cell equals the forecast computed as if the inferer had never submitted, bit for bit', () => {
    fc.assert(
      fc.property(world, ({ inferences, forecasts, regrets, scale }) => {
        const state = stateOf(regrets, scale)
        const values = computeNetworkValues({ inferences, forecasts, state, params })
        for (const { forecaster: who, withheldInferer, values: cell } of values?.oneOutInfererForecasters ?? []) {
          const rest = inferences.filter(({ worker }) => worker !== withheldInferer)
          if (rest.length < 2) continue
          const brute = computeNetworkValues({ inferences: rest, forecasts, state, params })
          expect(brute?.forecasters.find(({ worker }) => worker === who)?.values).toEqual(cell)
        }
      }),
    )
  })
})
