import type { MessageInitShape } from '@bufbuild/protobuf'
import type {
  BoaStateSchema,
  ByKeyStateSchema,
  EquationsStateSchema,
  FixedShareStateSchema,
  GuardStateSchema,
  KeyedLayersSchema,
  LabelLayersSchema,
  MlPolyStateSchema,
  PointLayersSchema,
  RecentStateSchema,
  TowerStateSchema,
} from '../../../gen/starling/v1/verified_pb.ts'
import type {
  BoaState,
  ByKeyState,
  CorrectionState,
  FixedShareState,
  GuardState,
  KeyedState,
  LabelState,
  MlPolyState,
  PointState,
  RecentState,
  RidgeState,
  TowerState,
} from '../../../scoring/tower/towerTypes.ts'
import { damaged } from './damaged.ts'
import { packDoubles } from './packDoubles.ts'
import { packTable } from './packTable.ts'
import { storableNumber } from './storableNumber.ts'

/** What a tower carries as its message. Throws STATE_DAMAGED where its parts do not fit together. SPEC VT-10 */
export function encodeTower(state: TowerState): MessageInitShape<typeof TowerStateSchema> {
  return {
    members: [...state.members],
    asleep: state.lastAwake.map((last) => sleepSince(last, state.lessons)),
    lessons: BigInt(state.lessons),
    layers: encodeLayers(state.layers),
  }
}

function sleepSince(last: number, lessons: number): number {
  if (last > lessons) throw damaged(`a member of the tower was awake at ${last} of ${lessons} lessons`)
  return lessons - last
}

function encodeLayers(layers: TowerState['layers']): NonNullable<MessageInitShape<typeof TowerStateSchema>['layers']> {
  switch (layers.kind) {
    case 'point':
      return { case: 'point', value: encodePoint(layers) }
    case 'keyed':
      return { case: 'keyed', value: encodeKeyed(layers) }
    case 'labels':
      return { case: 'labels', value: encodeLabels(layers) }
  }
}

function encodePoint(state: PointState): MessageInitShape<typeof PointLayersSchema> {
  const { ridge, regret } = state
  return {
    mlPoly: encodeMlPoly(state.mlPoly),
    fixedShare: encodeFixedShare(state.fixedShare),
    boa: encodeBoa(state.boa),
    ridge: { equations: encodeEquations(ridge), trace: storableNumber(ridge.trace) },
    regret: {
      regrets: packDoubles(regret.regrets),
      lessons: [...regret.lessons],
      initial: storableNumber(regret.initial),
    },
    second: encodeBoa(state.second),
    guard: encodeGuard(state.guard),
  }
}

function encodeKeyed(state: KeyedState): MessageInitShape<typeof KeyedLayersSchema> {
  const { correction } = state
  return {
    mlPoly: encodeMlPoly(state.mlPoly),
    boa: encodeBoa(state.boa),
    fixedShare: encodeFixedShare(state.fixedShare),
    recent: encodeRecent(state.recent),
    byKey: encodeByKey(state.byKey),
    correction: {
      equations: encodeEquations(correction),
      powers: packDoubles(correction.powers),
      unit: storableNumber(correction.unit),
      keys: [...correction.keys],
      errors: packTable(correction.errors, 'correction.errors'),
    },
    second: encodeBoa(state.second),
    guard: encodeGuard(state.guard),
  }
}

function encodeLabels(state: LabelState): MessageInitShape<typeof LabelLayersSchema> {
  return {
    exponent: storableNumber(state.exponent),
    curvature: storableNumber(state.curvature),
    bayes: packDoubles(state.bayes),
    ...(state.recent === null ? {} : { recent: packDoubles(state.recent) }),
    boa: encodeBoa(state.boa),
    mlPoly: encodeMlPoly(state.mlPoly),
    second: packDoubles(state.second),
  }
}

function encodeMlPoly({ regrets, inverseRates, largest }: MlPolyState): MessageInitShape<typeof MlPolyStateSchema> {
  return {
    regrets: packDoubles(regrets),
    inverseRates: packDoubles(inverseRates),
    largest: storableNumber(largest),
  }
}

function encodeBoa({ variances, sums }: BoaState): MessageInitShape<typeof BoaStateSchema> {
  return { variances: packDoubles(variances), sums: packDoubles(sums) }
}

function encodeFixedShare(state: FixedShareState): MessageInitShape<typeof FixedShareStateSchema> {
  return {
    weights: packTable(state.weights, 'fixed_share.weights'),
    losses: packDoubles(state.losses),
    best: state.best,
    regretSum: storableNumber(state.regretSum),
    lessons: BigInt(state.lessons),
  }
}

function encodeEquations(state: RidgeState | CorrectionState): MessageInitShape<typeof EquationsStateSchema> {
  const { chosen, moments, coefficients, losses, best } = state
  return {
    chosen: [...chosen],
    moments: moments.length,
    matrices: packTable(
      moments.flatMap(({ matrix }) => matrix),
      'equations.matrices',
    ),
    vectors: packTable(
      moments.map(({ vector }) => vector),
      'equations.vectors',
    ),
    coefficients: packTable(coefficients, 'equations.coefficients'),
    losses: packDoubles(losses),
    best,
  }
}

function encodeRecent({ losses, counts }: RecentState): MessageInitShape<typeof RecentStateSchema> {
  return { losses: packDoubles(losses), counts: packDoubles(counts) }
}

function encodeByKey({ common, keys, own }: ByKeyState): MessageInitShape<typeof ByKeyStateSchema> {
  return {
    common: encodeRecent(common),
    keys: [...keys],
    losses: packTable(
      own.map(({ losses }) => losses),
      'by_key.losses',
    ),
    counts: packTable(
      own.map(({ counts }) => counts),
      'by_key.counts',
    ),
  }
}

function encodeGuard({ records, spread, lessons }: GuardState): MessageInitShape<typeof GuardStateSchema> {
  return {
    records: packDoubles(records),
    spread: storableNumber(spread),
    lessons: BigInt(lessons),
  }
}
