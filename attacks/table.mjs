import { FEW, meanOf, upperBound } from './statistics.mjs'

/** Room for the last bit of a share. */
const EXACT = 1e-9

/** What the short names in the cells mean. */
export const METRICS = {
  AS: "attacker's share of its class's pot",
  g: 'share over that of one honest name with the same knowledge',
  VL: "part of the best other worker's share that is lost",
  dL: "change of the network's log10 loss",
  moved: 'largest change of an honest share',
  removal: "largest change of an honest share in an epoch, had the attacker's names without a share not been there",
  jump: "the network's error at the strike over half the 95 % interval published the epoch before",
  kept: 'the part of it three epochs later',
  net: 'g in coins over the whole run, after the registrations',
  missed: 'commitments without a reveal per epoch, each with its bond burned',
  wait: 'median epochs until a newcomer of the top quarter has a place',
  seats: 'places that the squatters hold in the end',
  best: 'part of the last epochs in which a newcomer has a place',
  unpaid: 'part of the epochs that pays nobody',
  lost: 'what the half that fares worse loses beside equal pay',
  own: "gain of the attacker's own workers, as a part of the pot",
  outside: 'epochs with an implied value outside the hull of the inferences',
  lazy: "lazy reputer's reward over an honest one's",
  settled: 'part of the epochs that is not contested',
  excess: 'share of the reward − share of the stake',
  less: '1 − g',
  accepted: 'part of the epochs in which a lie beyond the tolerance is agreed on',
  contested: 'part of the epochs that is contested',
  unsound: 'accepted strings that are not sound numbers',
}

/** What a criterion is held against. */
const boundOf = (values) => (values.length < FEW ? meanOf(values) : upperBound(values))

const keysOf = (results, rule) =>
  Object.keys(METRICS).filter((key) => results.some((result) => result[rule][key] !== undefined))

const number = (value) => (Math.abs(value) < 5e-5 ? '0' : value.toFixed(Math.abs(value) < 0.1 ? 4 : 3))

/** The metrics of one rule, with the upper bound of those in brackets that a criterion asks for. */
function cell(results, rule, criteria) {
  return keysOf(results, rule)
    .map((key) => {
      const values = results.flatMap((result) => result[rule][key] ?? [])
      const bound = key in criteria && rule === 'contribution' ? ` (≤ ${number(boundOf(values))})` : ''
      return `${key} ${number(meanOf(values))}${bound}`
    })
    .join(', ')
}

/** One scenario over all seeds: its cells, and whether every criterion holds for the upper bound; null without one. */
export function judge({ id, title, criteria, note }, results) {
  const wanted = Object.entries(criteria)
  const held = wanted.every(([key, most]) => {
    const values = results.flatMap((result) => result.contribution[key] ?? [])
    return values.length > 0 && boundOf(values) <= most + EXACT
  })
  return {
    id,
    title,
    ours: cell(results, 'contribution', criteria),
    reference: cell(results, 'reference', {}),
    criterion: wanted.map(([key, most]) => `${key} ≤ ${most}`).join(', '),
    passed: wanted.length === 0 ? null : held,
    note: note ?? '',
  }
}

/** A criterion that is known to be missed has a note, and breaks no run. */
export function verdict({ passed, note }) {
  if (passed === null) return note || 'no criterion'
  if (passed) return 'holds'
  return note === '' ? 'BROKEN' : `missed: ${note}`
}
