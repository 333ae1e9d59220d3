import { expect, it } from 'vitest'
import { advanceContribution } from './advanceContribution.ts'
import { forecasterShares } from './forecasterShares.ts'
import { newContribution } from './newContribution.ts'
import { standingsOf } from './standingsOf.ts'
import { workerShares } from './workerShares.ts'

const nobody = { missedWorkers: [], forecasters: [], missedForecasters: [] }
const wave = (t: number, step: number): number => ((t * step) % 7) / 20 - 0.15

/** 30 epochs with baseline loss 1: a and b know, c leaves after 25 epochs, d commits and stays silent, a forecasts too. */
function after30() {
  let state = newContribution()
  for (let t = 0; t < 30; t += 1) {
    const workers = [
      { worker: 'a', loss: 0.1, residual: [wave(t, 3)] },
      { worker: 'b', loss: 0.2, residual: [wave(t, 5)] },
      ...(t < 25 ? [{ worker: 'c', loss: 0.1, residual: [wave(t, 2)] }] : []),
    ]
    const forecasters = [{ worker: 'a', gain: 0.3, residual: [wave(t, 3)] }]
    const epoch = { baselineLosses: [1], truth: 0, workers, ...nobody, missedWorkers: ['d'], forecasters }
    state = advanceContribution(state, epoch, { memory: 100, labels: 0 })
  }
  return state
}

it('VT-6 standings are what the newest epoch was paid by, and the skill of who was not in it', () => {
  const state = after30()
  const standings = standingsOf(state)
  expect(standings.map(({ worker, role }) => [worker, role])).toEqual([
    ['a', 'inferer'],
    ['a', 'forecaster'],
    ['b', 'inferer'],
    ['c', 'inferer'],
    ['d', 'inferer'],
  ])
  const [a, forecaster, b, c, d] = standings
  expect([a, b]).toMatchObject(workerShares(state, ['a', 'b']))
  expect(forecaster).toMatchObject(forecasterShares(state, ['a'])[0] ?? {})
  expect(a).toMatchObject({ present: 30, absent: 0, missed: 0 })
  expect(c).toMatchObject({ weight: 0, share: 0, present: 25, absent: 5, missed: 0 })
  expect(c?.skill).toBe(workerShares(state, ['a', 'b', 'c'])[2]?.skill)
  expect(c?.skill).toBeGreaterThan(0)
  expect(d).toMatchObject({ skill: 0, weight: 0, share: 0, present: 0, absent: 0, missed: 30 })
  expect(standingsOf(newContribution())).toEqual([])
})
