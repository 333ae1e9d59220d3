import { advanceContribution } from '../../../../scoring/contribution/advanceContribution.ts'
import { newContribution } from '../../../../scoring/contribution/newContribution.ts'
import { advanceEdge } from '../../../../scoring/edge/advanceEdge.ts'
import { newEdge } from '../../../../scoring/edge/newEdge.ts'
import { advanceIntervals } from '../../../../scoring/intervals/advanceIntervals.ts'
import { advanceLabelSets } from '../../../../scoring/intervals/advanceLabelSets.ts'
import { advanceReliability } from '../../../../scoring/intervals/advanceReliability.ts'
import { intervalsOf } from '../../../../scoring/intervals/intervalsOf.ts'
import { labelSetsOf } from '../../../../scoring/intervals/labelSetsOf.ts'
import { newIntervals } from '../../../../scoring/intervals/newIntervals.ts'
import { newLabelSets } from '../../../../scoring/intervals/newLabelSets.ts'
import { newReliability } from '../../../../scoring/intervals/newReliability.ts'
import { outputKindOf } from '../../../../scoring/losses/outputKindOf.ts'
import { advanceTower } from '../../../../scoring/tower/advanceTower.ts'
import { combineTower } from '../../../../scoring/tower/combineTower.ts'
import { newTower } from '../../../../scoring/tower/newTower.ts'
import type { TowerConfig } from '../../../../scoring/tower/towerTypes.ts'
import type { Inference } from '../../../../scoring/types.ts'
import type { Calibration, VerifiedState } from '../../../../scoring/verified/verifiedTypes.ts'

/** A topic's epochs: who takes part and what happens follows from the seed. */
export type PlayedTopic = {
  readonly config: TowerConfig
  readonly seed: number
  readonly members: number
  readonly epochs: number
  /** How often a member takes part. */
  readonly attendance: number
  /** K; default 30. */
  readonly memory?: number
}

const LABELLED = ['probability', 'labels']

/** What the rules of a verified topic remember after its epochs, made by the rules themselves. */
export function playVerified({
  config,
  seed,
  members,
  epochs,
  attendance,
  memory: kept = 30,
}: PlayedTopic): VerifiedState {
  let random = seed
  const draw = (): number => {
    random = (random * 1103515245 + 12345) % 2147483648
    return random / 2147483648
  }
  const labels = config.labels.length
  const outputs = Math.max(1, config.levels.length, labels)
  const isLabelled = LABELLED.includes(outputKindOf(config))
  let tower = newTower(config, ['w-known'])
  let contribution = newContribution()
  let calibration = newCalibration(config)
  let edge = newEdge()
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    const truth = isLabelled ? Math.floor(draw() * Math.max(2, labels)) : draw() * 4
    const inferences = Array.from({ length: members }, (_, i): Inference | null => {
      const raw = Array.from({ length: outputs }, () => (isLabelled ? draw() : truth + draw() * (1 + (i % 4))))
      const total = labels > 0 ? raw.reduce((a, b) => a + b, 0) : 1
      return draw() < attendance ? { worker: nameOf(i), values: raw.map((value) => value / total) } : null
    }).filter((one) => one !== null)
    const row = { inferences, key: `hour ${epoch % 30}` }
    const memory = combineTower(config, tower, [row], { oneOut: false })[0]?.memory
    if (memory !== undefined) tower = advanceTower(config, tower, [{ ...row, memory, truth }])
    const present = inferences.map(({ worker, values }) => ({
      worker,
      loss: Math.abs((values[0] ?? 0) - truth),
      residual: values.map((value) => value - truth),
    }))
    const missed = inferences.length < members && epoch % 3 === 0 ? ['w999'] : []
    contribution = advanceContribution(
      contribution,
      {
        baselineLosses: epoch === 0 ? [] : [draw(), draw(), draw()],
        truth,
        workers: present,
        missedWorkers: missed,
        forecasters: present.slice(0, 2).map(({ worker, residual }) => ({ worker, gain: draw() - 0.5, residual })),
        missedForecasters: [],
      },
      { memory: kept, labels: isLabelled ? Math.max(2, labels) : 0 },
    )
    calibration = advance(calibration, draw(), truth)
    edge = advanceEdge(edge, draw() - 0.4)
  }
  return { tower, contribution, calibration, edge }
}

function nameOf(i: number): string {
  return `w${String(i).padStart(3, '0')}`
}

function newCalibration(config: TowerConfig): Calibration {
  switch (outputKindOf(config)) {
    case 'labels':
      return { kind: 'sets', sets: newLabelSets() }
    case 'probability':
      return { kind: 'reliability', bins: newReliability() }
    case 'number':
    case 'quantiles':
      return { kind: 'intervals', intervals: newIntervals() }
  }
}

/** Some answers are exact without a scale, others wrong without one: the scores of both are extreme. */
function advance(state: Calibration, drawn: number, truth: number): Calibration {
  switch (state.kind) {
    case 'intervals': {
      const [value, spread] = drawn < 0.2 ? [truth, 0] : drawn < 0.4 ? [truth + 1e-9, 0] : [truth + drawn, drawn]
      const published = intervalsOf({ ...state.intervals, meanError: 0 }, value, spread)
      return { kind: 'intervals', intervals: advanceIntervals(state.intervals, published, truth) }
    }
    case 'sets': {
      const published = labelSetsOf(state.sets, [drawn, (1 - drawn) / 2, (1 - drawn) / 2])
      return { kind: 'sets', sets: advanceLabelSets(state.sets, published, truth) }
    }
    case 'reliability':
      return { kind: 'reliability', bins: advanceReliability(state.bins, drawn, truth) }
  }
}
