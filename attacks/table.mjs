import { WARM_UP } from './simulate.mjs'
import { FEW, meanOf, upperBound } from './statistics.mjs'

/** Room for the last bit of a share. */
const EXACT = 1e-9

const METRICS = {
  AS: "attacker's share of its class's pot",
  g: 'share over that of one honest name with the same knowledge',
  VL: "part of the best other worker's share that is lost",
  dL: "change of the network's log10 loss",
  moved: 'largest change of an honest share',
  removal: "largest change of an honest share in an epoch, had the attacker's names without a share not been there",
  jump: "the network's error at the strike over half the 95 % interval published the epoch before",
  kept: 'the part of it three epochs later',
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

/** The page of all rows. */
export function page(rows, { seeds, epochs, withGrid }) {
  const lines = rows.map(
    (row) => `| ${row.id} | ${row.title} | ${row.ours} | ${row.reference} | ${row.criterion} | ${verdict(row)} |`,
  )
  const legend = Object.entries(METRICS).map(([key, text]) => `- ${key}: ${text}`)
  return `# Incentives: the attacks, and what they earn

Made by \`npm run attacks -- --seeds ${seeds} --epochs ${epochs}${withGrid ? ' --grid' : ''} --write\`. Each row is an attack, in worlds of twenty honest workers (of
forecasters: eight workers and two honest forecasters), over ${epochs} epochs of which the first ${WARM_UP} are warm-up, with ${seeds} seeds
fixed beforehand. Attacks of workers and forecasters run through \`settleEpoch\`, epoch after epoch, as the chain settles a
verified topic: contribution pay (VT-6), tower synthesis (VT-10), calibrated intervals (VT-7), sealed submissions (VT-2);
those of reputers (G13–G17) through the functions of agreed truth (VT-3). Reference is the pay rule of the reference
network with plain submissions and, for reputers, reported losses.

A number is the mean over the seeds; in brackets the upper end of its 95 % bootstrap interval, which has to meet the
criterion. G03 is no matter of pay: a copied commitment is refused, because its author is inside the hash.

${legend.join('\n')}

| id | attack | ours | reference | criterion | verdict |
| -- | ------ | ---- | --------- | --------- | ------- |
${lines.join('\n')}
`
}
