import { meanOf, upperBound } from './statistics.mjs'

/** A bootstrap of fewer seeds says nothing: a short run asks the mean. */
const FEW = 5
/** Room for the last bit of a share. */
const EXACT = 1e-9

const METRICS = {
  AS: "attacker's share of its class's pot",
  g: 'share over that of one honest name with the same knowledge',
  VL: "part of the best other worker's share that is lost",
  dL: "change of the network's log10 loss",
  moved: 'largest change of an honest share',
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

export const verdict = ({ passed, note }) => (passed === null ? note || 'no criterion' : passed ? 'holds' : 'BROKEN')

/** The page of all rows. */
export function page(rows, seeds) {
  const lines = rows.map(
    (row) => `| ${row.id} | ${row.title} | ${row.ours} | ${row.reference} | ${row.criterion} | ${verdict(row)} |`,
  )
  const legend = Object.entries(METRICS).map(([key, text]) => `- ${key}: ${text}`)
  return `# Incentives: the attacks, and what they earn

Made by \`npm run attacks -- --seeds ${seeds} --write\`. Each row is an attack on the pay rules as the pure functions of the
protocol compute them, in worlds of twenty honest workers over 500 epochs (the first 150 are warm-up), ${seeds} seeds fixed
beforehand. A number is the mean over the seeds; in brackets the upper end of its 95 % bootstrap interval, which has to meet
the criterion. Ours is contribution pay (VT-6) with sealed submissions (VT-2) and truth reports (VT-3); reference is the pay
rule of the reference network with plain submissions and, for reputers, reported losses. G03 is no matter of pay: a copied
commitment is refused, because its author is inside the hash.

${legend.join('\n')}

| id | attack | ours | reference | criterion | verdict |
| -- | ------ | ---- | --------- | --------- | ------- |
${lines.join('\n')}
`
}
