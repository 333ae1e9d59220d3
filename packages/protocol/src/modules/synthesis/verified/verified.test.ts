import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equalBytes } from '../../../bytes/compareBytes.ts'
import { ScoringStateSchema } from '../../../gen/starling/v1/scoring_pb.ts'
import type { VerifiedState as VerifiedMessage } from '../../../gen/starling/v1/verified_pb.ts'
import { newContribution } from '../../../scoring/contribution/newContribution.ts'
import { emptyScoringState } from '../../../scoring/emptyScoringState.ts'
import { TOWER_RULES, type TowerConfig } from '../../../scoring/tower/towerTypes.ts'
import type { VerifiedState } from '../../../scoring/verified/verifiedTypes.ts'
import { decodeScoringState } from '../decodeScoringState.ts'
import { encodeScoringState } from '../encodeScoringState.ts'
import { playVerified } from './testing/playVerified.ts'

const numbers: TowerConfig = { loss: 'squared', domain: [-100, 100], labels: [], levels: [] }
const quantiles: TowerConfig = { ...numbers, loss: 'pinball', levels: [0.1, 0.5, 0.9] }
const events: TowerConfig = { ...numbers, loss: 'log-loss', domain: [0, 1] }
const labels: TowerConfig = { ...events, loss: 'cross-entropy', labels: ['a', 'b', 'c'] }
const configs = [
  ...[undefined, ...TOWER_RULES].flatMap((rule) =>
    [numbers, quantiles].map((config) => (rule === undefined ? config : { ...config, rule })),
  ),
  events,
  labels,
].map((config) => ({ ...config, retention: 7 }))

const encode = (verified: VerifiedState) => encodeScoringState({ ...emptyScoringState(), verified })

/** The bytes with something changed in the message. */
function spoil(state: VerifiedState, change: (message: VerifiedMessage) => void): Uint8Array {
  const message = fromBinary(ScoringStateSchema, encode(state))
  if (message.verified === undefined) throw new Error('nothing to spoil')
  change(message.verified)
  return toBinary(ScoringStateSchema, message)
}

const played = playVerified({ config: numbers, seed: 7, members: 5, epochs: 40, attendance: 0.8 })
const playedPoints = playVerified({
  config: { ...numbers, rule: 'guarded' },
  seed: 7,
  members: 5,
  epochs: 9,
  attendance: 1,
})
const playedLabels = playVerified({ config: labels, seed: 7, members: 5, epochs: 9, attendance: 1 })
const playedEvents = playVerified({ config: events, seed: 7, members: 5, epochs: 9, attendance: 1 })

describe('the bytes of a verified state', () => {
  it('give back what the rules made, whatever happens on the topic', () => {
    const topic = fc.record({
      config: fc.constantFrom(...configs),
      seed: fc.nat({ max: 2 ** 31 - 1 }),
      members: fc.nat({ max: 20 }),
      epochs: fc.nat({ max: 40 }),
      attendance: fc.constantFrom(0.05, 0.5, 1),
    })
    fc.assert(
      fc.property(topic, fc.tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean()), (one, [t, c, k, e]) => {
        const all = playVerified(one)
        const verified: VerifiedState = {
          tower: t ? all.tower : null,
          contribution: c ? all.contribution : null,
          calibration: k ? all.calibration : null,
          edge: e ? all.edge : null,
        }
        const bytes = encode(verified)
        const decoded = decodeScoringState(bytes)
        expect(decoded).toEqual({ ...emptyScoringState(), verified })
        const again = [
          encodeScoringState(decoded),
          toBinary(ScoringStateSchema, fromBinary(ScoringStateSchema, bytes)),
          encode(JSON.parse(JSON.stringify(verified)) as VerifiedState),
        ]
        expect(again.map((other) => equalBytes(other, bytes))).toEqual([true, true, true])
      }),
      { numRuns: 50 },
    )
  })

  it('hold all kinds of marks and every size of number', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
    const entry = fc.oneof(number, fc.constantFrom('absent' as const, 'missed' as const))
    const contributor = fc.nat({ max: 3 }).chain((outputs) =>
      fc.record({
        entries: fc.array(entry, { maxLength: 12 }),
        residuals: fc.array(fc.oneof(fc.constant([]), fc.array(number, { minLength: outputs, maxLength: outputs })), {
          maxLength: 12,
        }),
      }),
    )
    const members = fc
      .uniqueArray(fc.integer({ min: 100, max: 999 }), { maxLength: 5 })
      .chain((ids) => fc.tuple(...ids.toSorted().map((id) => contributor.map((one) => [`w${id}`, one] as const))))
      .map((list) => Object.fromEntries(list))
    const window = fc
      .array(fc.tuple(number, number, number, number), { minLength: 12, maxLength: 12 })
      .map((rows) => rows.map(([a, b, absentLoss, absentGain]) => ({ baselines: [a, b], absentLoss, absentGain })))
    fc.assert(
      fc.property(members, members, window, fc.array(number), (workers, forecasters, epochs, truths) => {
        const baseline = { truths, epochs: truths.length, mean: truths[0] ?? 0, counts: [0, truths.length] }
        const contribution = { baseline, window: epochs, workers, forecasters }
        const verified = { tower: null, contribution, calibration: null, edge: null }
        expect(decodeScoringState(encode(verified)).verified).toEqual(verified)
      }),
    )
  })

  it('are those of today for a topic without such rules', () => {
    const bytes = encodeScoringState(emptyScoringState())
    expect(bytes).toEqual(toBinary(ScoringStateSchema, create(ScoringStateSchema, {})))
    expect('verified' in decodeScoringState(bytes)).toBe(false)
    const nothing = { tower: null, contribution: null, calibration: null, edge: null }
    expect(encode(nothing)).toEqual(Uint8Array.of(0x5a, 0))
    expect(decodeScoringState(encode(nothing)).verified).toEqual(nothing)
  })

  it('are not made of lists that do not fit together', () => {
    const { tower } = played
    if (tower === null || tower.layers.kind !== 'keyed') throw new Error('no keyed layers')
    const { layers } = tower
    const own = layers.byKey.own.map(({ losses, counts }, i) => ({ losses: losses.slice(i), counts }))
    const ragged = { ...layers, byKey: { ...layers.byKey, own } }
    expect(() => encode({ ...played, tower: { ...tower, layers: ragged } })).toThrow('differ in length')
    expect(() => encode({ ...played, tower: { ...tower, lessons: 3 } })).toThrow('was awake at 40 of 3 lessons')
  })

  it('hold numbers that are not finite as ones that are refused, and no −0', () => {
    const withMean = (mean: number): VerifiedState => ({
      tower: null,
      contribution: { ...newContribution(), baseline: { truths: [mean], epochs: 1, mean, counts: [] } },
      calibration: null,
      edge: null,
    })
    for (const mean of [NaN, Infinity, -Infinity]) {
      const bytes = encode(withMean(mean))
      expect(bytes).toEqual(encode(withMean(Infinity)))
      expect(() => decodeScoringState(bytes)).toThrow('baseline.truths is not finite')
    }
    expect(encode(withMean(-0))).toEqual(encode(withMean(0)))
  })
})

function refusalOf(bytes: Uint8Array): unknown {
  try {
    decodeScoringState(bytes)
    return null
  } catch (error) {
    return error
  }
}

type Spoilt = readonly [what: string, state: VerifiedState, change: (message: VerifiedMessage) => void, reason: string]

const infinite = new Uint8Array(new Float64Array([Number.POSITIVE_INFINITY]).buffer)
const none = new Uint8Array(0)
const nothing = { baselines: none, absentLosses: none, absentGains: none }
const keyedOf = (message: VerifiedMessage) => {
  if (message.tower?.layers.case !== 'keyed') throw new Error('no keyed layers')
  return message.tower.layers.value
}
const workersOf = (message: VerifiedMessage) => message.contribution?.workers ?? []
const set = <T extends object>(part: T | undefined, change: Partial<T>): void => {
  if (part === undefined) throw new Error('nothing to change')
  Object.assign(part, change)
}

const spoilt: readonly Spoilt[] = [
  ['members out of order', played, ({ tower }) => tower?.members.reverse(), 'tower.members is out of order'],
  ['a member twice', played, ({ tower }) => tower?.members.splice(1, 1, tower.members[0] ?? ''), 'tower.members'],
  ['a member too many', played, ({ tower }) => tower?.members.push('z'), 'tower.asleep has 6 of 7 entries'],
  ['sleep before all lessons', played, ({ tower }) => tower?.asleep.splice(0, 1, 1e6), 'longer than all lessons'],
  ['lessons beyond a double', played, ({ tower }) => set(tower, { lessons: 2n ** 60n }), 'tower.lessons is too large'],
  ['no layers', played, ({ tower }) => set(tower, { layers: { case: undefined } }), 'tower.layers is missing'],
  ['a layer less', played, (m) => set(keyedOf(m), { boa: undefined }), 'boa is missing'],
  ['part of a number', played, (m) => set(keyedOf(m).boa, { sums: new Uint8Array(39) }), 'boa.sums has 39 bytes'],
  ['a number less', played, (m) => set(keyedOf(m).mlPoly, { regrets: new Uint8Array(32) }), 'ml_poly.regrets has 32'],
  ['an infinite number', played, (m) => set(keyedOf(m).second, { variances: infinite }), 'second.variances is not fin'],
  ['an infinite scalar', played, (m) => set(keyedOf(m).guard, { spread: Infinity }), 'guard.spread is not finite'],
  ['NaN', playedLabels, ({ tower }) => set(tower?.layers.value, { exponent: NaN }), 'exponent is not finite'],
  ['another table', played, (m) => set(keyedOf(m).fixedShare, { weights: new Uint8Array(8) }), 'fixed_share.weights'],
  [
    'a leader beyond the pairs',
    played,
    (m) => set(keyedOf(m).fixedShare, { best: 36 }),
    'fixed_share.best is 36 of 36',
  ],
  ['a record less', played, (m) => keyedOf(m).byKey?.keys.pop(), 'by_key.counts'],
  ['a key too many', played, (m) => keyedOf(m).correction?.keys.push('x'), 'correction.errors'],
  ['an input less', played, (m) => set(keyedOf(m).correction, { powers: new Uint8Array(16) }), 'fit their inputs'],
  ['chosen strangers', played, (m) => keyedOf(m).correction?.equations?.chosen.splice(4, 1, 5), 'equations.chosen'],
  ['chosen twice', played, (m) => keyedOf(m).correction?.equations?.chosen.splice(1, 1, 0), 'equations.chosen'],
  ['endless equations', played, (m) => set(keyedOf(m).correction?.equations, { moments: 2 ** 31 }), 'do not fit'],
  [
    'a lesson less',
    playedPoints,
    ({ tower }) => {
      if (tower?.layers.case === 'point') tower.layers.value.regret?.lessons.pop()
    },
    'regret.lessons',
  ],
  ['workers out of order', played, (m) => workersOf(m).reverse(), 'workers is out of order'],
  ['a worker twice', played, (m) => set(workersOf(m)[1], { address: 'w000' }), 'workers is out of order'],
  ['absent beyond the end', played, (m) => workersOf(m)[0]?.absent.push(99), 'w000.absent is out of order or out of'],
  ['absent and missed', played, (m) => set(workersOf(m)[5], { missed: [1, 2], absent: [2, 3] }), 'absent and missed'],
  ['more entries than epochs', played, (m) => set(m.contribution?.window, nothing), 'entries of 0 epochs'],
  ['half a residual', playedLabels, (m) => set(workersOf(m)[0], { outputs: 5 }), 'w000.residuals are not rows of 5'],
  ['residuals of nothing', played, (m) => set(workersOf(m)[0], { outputs: 0 }), 'w000.residuals'],
  ['a gap beyond the end', played, (m) => workersOf(m)[0]?.empty.push(500), 'w000.empty is out of order or out of'],
  ['a gain less', played, (m) => set(m.contribution?.window, { absentGains: none }), 'window.absent_gains'],
  ['no window', played, ({ contribution }) => set(contribution, { window: undefined }), 'window is missing'],
  ['no ledger', played, ({ calibration }) => set(calibration.value, { ledger: undefined }), 'ledger is missing'],
  ['a target less', played, ({ calibration }) => set(calibration.value, { targets: new Uint8Array(16) }), 'targets'],
  ['an event less', playedEvents, ({ calibration }) => set(calibration.value, { events: [] }), 'reliability.events'],
  ['infinite wealth', played, ({ edge }) => set(edge, { bets: infinite }), 'edge.bets is not finite'],
]

describe('damaged bytes are refused:', () => {
  it.each(spoilt)('%s', (_, state, change, reason) => {
    const bytes = spoil(state, change)
    expect(refusalOf(bytes)).toMatchObject({
      code: 'topics/STATE_DAMAGED',
      message: expect.stringContaining(reason),
    })
  })

  it('and whatever is cut or changed gives a state or that refusal, nothing else', () => {
    const whole = encode(playedLabels)
    const damage = fc.record({ at: fc.nat({ max: whole.length - 1 }), byte: fc.nat({ max: 255 }), cut: fc.boolean() })
    fc.assert(
      fc.property(damage, ({ at, byte, cut }) => {
        const bytes = cut ? whole.slice(0, at) : whole.with(at, byte)
        expect([null, expect.objectContaining({ code: 'topics/STATE_DAMAGED' })]).toContainEqual(refusalOf(bytes))
      }),
      { numRuns: 500 },
    )
  })
})
