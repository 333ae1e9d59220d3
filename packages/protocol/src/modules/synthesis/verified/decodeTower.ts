import type {
  BoaState as BoaMessage,
  ByKeyState as ByKeyMessage,
  CorrectionState as CorrectionMessage,
  EquationsState as EquationsMessage,
  FixedShareState as FixedShareMessage,
  GuardState as GuardMessage,
  KeyedLayers,
  LabelLayers,
  MlPolyState as MlPolyMessage,
  PointLayers,
  RecentState as RecentMessage,
  RegretRuleState,
  TowerState as TowerMessage,
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
  RegretState,
  RidgeState,
  TowerState,
} from '../../../scoring/tower/towerTypes.ts'
import { damaged } from './damaged.ts'
import { readCount } from './readCount.ts'
import { requireAscending } from './requireAscending.ts'
import { requirePart } from './requirePart.ts'
import { storedNumber } from './storedNumber.ts'
import { unpackDoubles } from './unpackDoubles.ts'
import { unpackTable } from './unpackTable.ts'

/** Far more sets of normal equations than any layer keeps: without members they take no bytes. */
const MOST_MOMENTS = 64

/** What `encodeTower` made. Throws STATE_DAMAGED where its parts do not fit together. SPEC VT-10 */
export function decodeTower({ members, asleep, lessons: count, layers }: TowerMessage): TowerState {
  const lessons = readCount(count, 'tower.lessons')
  requireAscending(members, 'tower.members')
  if (asleep.length !== members.length) throw damaged(`tower.asleep has ${asleep.length} of ${members.length} entries`)
  if (asleep.some((silent) => silent > lessons)) throw damaged('tower.asleep is longer than all lessons')
  const lastAwake = asleep.map((silent) => lessons - silent)
  return { members, lastAwake, lessons, layers: decodeLayers(layers, members.length) }
}

function decodeLayers(layers: TowerMessage['layers'], members: number): TowerState['layers'] {
  switch (layers.case) {
    case 'point':
      return decodePoint(layers.value, members)
    case 'keyed':
      return decodeKeyed(layers.value, members)
    case 'labels':
      return decodeLabels(layers.value, members)
    case undefined:
      throw damaged('tower.layers is missing')
  }
}

function decodePoint(message: PointLayers, members: number): PointState {
  const { equations, trace } = requirePart(message.ridge, 'ridge')
  return {
    kind: 'point',
    mlPoly: decodeMlPoly(message.mlPoly, members),
    fixedShare: decodeFixedShare(message.fixedShare, members),
    boa: decodeBoa(message.boa, 'boa', members),
    ridge: { ...decodeEquations(equations, members), trace: storedNumber(trace, 'ridge.trace') },
    regret: decodeRegret(message.regret, members),
    second: decodeBoa(message.second, 'second'),
    guard: decodeGuard(message.guard, members),
  }
}

function decodeKeyed(message: KeyedLayers, members: number): KeyedState {
  return {
    kind: 'keyed',
    mlPoly: decodeMlPoly(message.mlPoly, members),
    boa: decodeBoa(message.boa, 'boa', members),
    fixedShare: decodeFixedShare(message.fixedShare, members),
    recent: decodeRecent(message.recent, members),
    byKey: decodeByKey(message.byKey, members),
    correction: decodeCorrection(message.correction, members),
    second: decodeBoa(message.second, 'second'),
    guard: decodeGuard(message.guard, members),
  }
}

function decodeLabels(message: LabelLayers, members: number): LabelState {
  return {
    kind: 'labels',
    exponent: storedNumber(message.exponent, 'exponent'),
    curvature: storedNumber(message.curvature, 'curvature'),
    bayes: unpackDoubles(message.bayes, 'bayes', members),
    recent: message.recent === undefined ? null : unpackDoubles(message.recent, 'recent', members),
    boa: decodeBoa(message.boa, 'boa', members),
    mlPoly: decodeMlPoly(message.mlPoly, members),
    second: unpackDoubles(message.second, 'second'),
  }
}

function decodeMlPoly(part: MlPolyMessage | undefined, members: number): MlPolyState {
  const { regrets, inverseRates, largest } = requirePart(part, 'ml_poly')
  return {
    regrets: unpackDoubles(regrets, 'ml_poly.regrets', members),
    inverseRates: unpackDoubles(inverseRates, 'ml_poly.inverse_rates', members),
    largest: storedNumber(largest, 'ml_poly.largest'),
  }
}

/** Over the members, or over however many layers there are. */
function decodeBoa(part: BoaMessage | undefined, field: string, experts?: number): BoaState {
  const { variances, sums } = requirePart(part, field)
  const known = unpackDoubles(variances, `${field}.variances`, experts)
  return { variances: known, sums: unpackDoubles(sums, `${field}.sums`, known.length) }
}

function decodeFixedShare(part: FixedShareMessage | undefined, members: number): FixedShareState {
  const { weights, losses, best, regretSum, lessons } = requirePart(part, 'fixed_share')
  const lost = unpackDoubles(losses, 'fixed_share.losses')
  return {
    weights: unpackTable(weights, 'fixed_share.weights', lost.length, members),
    losses: lost,
    best: leaderOf(best, lost, 'fixed_share.best'),
    regretSum: storedNumber(regretSum, 'fixed_share.regret_sum'),
    lessons: readCount(lessons, 'fixed_share.lessons'),
  }
}

function leaderOf(best: number, losses: readonly number[], field: string): number {
  if (best >= losses.length) throw damaged(`${field} is ${best} of ${losses.length} pairs`)
  return best
}

/** `inputs`: how many there are, the chosen members among them; default these alone. */
function decodeEquations(
  part: EquationsMessage | undefined,
  members: number,
  inputs?: number,
): Omit<RidgeState, 'trace'> {
  const { chosen, moments: count, matrices, vectors, coefficients, losses, best } = requirePart(part, 'equations')
  requireAscending(chosen, 'equations.chosen', members)
  const columns = inputs ?? chosen.length
  if (count > MOST_MOMENTS || chosen.length > columns) throw damaged('equations do not fit their inputs')
  const rows = unpackTable(matrices, 'equations.matrices', count * columns, columns)
  const lost = unpackDoubles(losses, 'equations.losses')
  return {
    chosen,
    moments: unpackTable(vectors, 'equations.vectors', count, columns).map((vector, i) => ({
      matrix: rows.slice(i * columns, (i + 1) * columns),
      vector,
    })),
    coefficients: unpackTable(coefficients, 'equations.coefficients', lost.length, columns),
    losses: lost,
    best: leaderOf(best, lost, 'equations.best'),
  }
}

function decodeCorrection(part: CorrectionMessage | undefined, members: number): CorrectionState {
  const { equations, powers: bytes, unit, keys, errors } = requirePart(part, 'correction')
  const powers = unpackDoubles(bytes, 'correction.powers')
  return {
    ...decodeEquations(equations, members, powers.length),
    powers,
    unit: storedNumber(unit, 'correction.unit'),
    keys,
    errors: unpackTable(errors, 'correction.errors', keys.length),
  }
}

function decodeRegret(part: RegretRuleState | undefined, members: number): RegretState {
  const { regrets, lessons, initial } = requirePart(part, 'regret')
  if (lessons.length !== members) throw damaged(`regret.lessons has ${lessons.length} of ${members} entries`)
  return {
    regrets: unpackDoubles(regrets, 'regret.regrets', members),
    lessons,
    initial: storedNumber(initial, 'regret.initial'),
  }
}

function decodeRecent(part: RecentMessage | undefined, members: number): RecentState {
  const { losses, counts } = requirePart(part, 'recent')
  return {
    losses: unpackDoubles(losses, 'recent.losses', members),
    counts: unpackDoubles(counts, 'recent.counts', members),
  }
}

function decodeByKey(part: ByKeyMessage | undefined, members: number): ByKeyState {
  const { common, keys, losses, counts } = requirePart(part, 'by_key')
  const held = unpackTable(counts, 'by_key.counts', keys.length, members)
  return {
    common: decodeRecent(common, members),
    keys,
    own: unpackTable(losses, 'by_key.losses', keys.length, members).map((lost, i) => ({
      losses: lost,
      counts: held[i] ?? [],
    })),
  }
}

function decodeGuard(part: GuardMessage | undefined, members: number): GuardState {
  const { records, spread, lessons } = requirePart(part, 'guard')
  return {
    records: unpackDoubles(records, 'guard.records', members),
    spread: storedNumber(spread, 'guard.spread'),
    lessons: readCount(lessons, 'guard.lessons'),
  }
}
