// Coverage and mean width of the intervals of SPEC VT-7 on the development panels, beside a rolling quantile of the last
// 200 errors. The combined value is the mean, then the median, of the experts; a panel with several series an epoch is as
// many topics. The first 50 truths of a topic are warm-up. Usage: node bench/intervals.mjs [FOLDER OF THE DATA]
import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { median } from '@starling/protocol/num/median'
import { quantile } from '@starling/protocol/num/quantile'
import { advanceIntervals } from '@starling/protocol/scoring/intervals/advanceIntervals'
import { advanceLabelSets } from '@starling/protocol/scoring/intervals/advanceLabelSets'
import { intervalsOf } from '@starling/protocol/scoring/intervals/intervalsOf'
import { labelSetsOf } from '@starling/protocol/scoring/intervals/labelSetsOf'
import { newIntervals } from '@starling/protocol/scoring/intervals/newIntervals'
import { newLabelSets } from '@starling/protocol/scoring/intervals/newLabelSets'

const WARM_UP = 50
const LEVELS = [0.5, 0.8, 0.95]
const folder = process.argv[2] ?? new URL('../../shared/data', import.meta.url).pathname

const panels = [
  'opera-electric-load/experts.csv',
  'opera-regional-load/experts.csv',
  'defi-aave-liquidations/experts_daily.csv.gz',
  'indices-daily/sp500_experts_range.csv.gz',
  'rain-innsbruck/experts.csv.gz',
  'epf-np/experts.csv.gz',
  'epf-pjm/experts.csv.gz',
  'crypto-coinbase-btcusd-1h/experts_range.csv.gz',
  'crypto-coinbase-btcusd-1h/experts_return.csv.gz',
]
const labelPanels = ['2000_2008', '2009_2012', '2013_2016', '2017_2021'].map(
  (years) => `football-odds-england/odds_${years}.csv.gz`,
)

function readTable(path) {
  const bytes = readFileSync(`${folder}/${path}`)
  const [head, ...lines] = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().trim().split(/\r?\n/)
  const names = head.split(',')
  const rows = lines.map((line) => line.split(','))
  return { names, rows }
}

const numberOf = (text) => (text === '' || text === 'NA' ? Number.NaN : Number(text))
const meanOf = (values) => values.reduce((a, b) => a + b, 0) / values.length

function readPanel(path, combine) {
  const { names, rows } = readTable(path)
  const at = (name) => names.indexOf(name)
  const experts = names.flatMap((name, i) => (i > at('y') && !/^(ref_|ctx_)/.test(name) ? [i] : []))
  return rows.flatMap((row) => {
    const values = experts.map((i) => numberOf(row[i])).filter(Number.isFinite)
    const truth = numberOf(row[at('y')])
    if (values.length === 0 || !Number.isFinite(truth)) return []
    const scale = numberOf(row[at('scale')])
    const value = combine(values)
    const spread = median(values.map((other) => Math.abs(other - value)))
    const [epoch, available] = [Number(row[0]), Number(row[1])]
    return [
      { epoch, available, key: row[at('key')], truth: truth / scale, value: value / scale, spread: spread / scale },
    ]
  })
}

function readLabelPanel(path) {
  const { names, rows } = readTable(path)
  const experts = [...new Set(names.slice(names.indexOf('y') + 1).map((name) => name.split(':')[0]))]
  const labels = ['H', 'D', 'A'].map((label) => experts.map((name) => names.indexOf(`${name}:${label}`)))
  return rows.flatMap((row) => {
    const means = labels.map((columns) => meanOf(columns.map((i) => numberOf(row[i])).filter(Number.isFinite)))
    const total = means.reduce((a, b) => a + b, 0)
    const truth = numberOf(row[names.indexOf('y')])
    if (!Number.isFinite(total) || !Number.isFinite(truth)) return []
    return [{ epoch: Number(row[0]), available: Number(row[1]), key: '', truth, value: means.map((p) => p / total) }]
  })
}

const conformal = {
  start: newIntervals,
  publish: (state, { value, spread }) => intervalsOf(state, value, spread),
  advance: (state, published, { truth }) => advanceIntervals(state, published, truth),
  judge: ({ intervals }, truth) =>
    intervals.map(({ lower, upper }) => ({ hit: lower <= truth && truth <= upper, width: upper - lower })),
}

const rolling = {
  start: () => [],
  publish: (errors, { value }) => ({
    value,
    halves: LEVELS.map((level) => quantile(errors, Math.min(1, (level * (errors.length + 1)) / errors.length))),
  }),
  advance: (errors, { value }, { truth }) => [...errors.slice(-199), Math.abs(truth - value)],
  judge: ({ value, halves }, truth) =>
    halves.map((half) => ({ hit: Math.abs(truth - value) <= half, width: 2 * half })),
}

const sets = {
  start: newLabelSets,
  publish: (state, { value }) => labelSetsOf(state, value),
  advance: (state, published, { truth }) => advanceLabelSets(state, published, truth),
  judge: ({ sets: published }, truth) =>
    published.map(({ labels }) => ({ hit: labels.includes(truth), width: labels.length })),
}

/** Every row is predicted before any truth of its epoch; a truth is used from its epoch `available` on. */
function run(rows, method) {
  const topics = new Map()
  const totals = LEVELS.map(() => ({ hits: 0, width: 0 }))
  let counted = 0
  let waiting = []
  const settle = ({ row, published }) => {
    const topic = topics.get(row.key)
    topic.state = method.advance(topic.state, published, row)
    topic.epochs += 1
    if (topic.epochs <= WARM_UP) return
    counted += 1
    for (const [i, { hit, width }] of method.judge(published, row.truth).entries()) {
      totals[i].hits += hit ? 1 : 0
      totals[i].width += width
    }
  }
  for (const row of rows) {
    const due = waiting.filter((one) => one.row.available <= row.epoch)
    if (due.length > 0) {
      waiting = waiting.filter((one) => one.row.available > row.epoch)
      due.forEach(settle)
    }
    if (!topics.has(row.key)) topics.set(row.key, { state: method.start(), epochs: 0 })
    waiting.push({ row, published: method.publish(topics.get(row.key).state, row) })
  }
  waiting.forEach(settle)
  return { counted, levels: totals.map(({ hits, width }) => ({ coverage: hits / counted, width: width / counted })) }
}

const percent = (levels) => levels.map(({ coverage }) => (100 * coverage).toFixed(1).padStart(6)).join('')
const widths = (levels) => levels.map(({ width }) => width.toPrecision(4).padStart(9)).join('')

function compare(title, rows) {
  const ours = run(rows, conformal)
  const base = run(rows, rolling)
  const ratios = ours.levels.map(({ width }, i) => width / base.levels[i].width)
  const worst = Math.max(...ours.levels.map(({ coverage }, i) => Math.abs(coverage - LEVELS[i])))
  console.log(`${title.padEnd(34)}${String(ours.counted).padStart(6)}  ${percent(ours.levels)}  ${widths(ours.levels)}`)
  console.log(`${'  rolling quantile'.padEnd(42)}${percent(base.levels)}  ${widths(base.levels)}`)
  console.log(`${''.padEnd(42)}width ratio ${ratios.map((ratio) => ratio.toFixed(3)).join(' ')}`)
  return { worst, counted: ours.counted, ratios }
}

function main() {
  if (!existsSync(`${folder}/epf-np`)) {
    console.log(`intervals: no panels in ${folder}; name the folder of the data on the command line`)
    return
  }
  for (const [name, combine] of [
    ['mean', meanOf],
    ['median', median],
  ]) {
    console.log(`\n${`combined by the ${name}`.padEnd(34)}truths  coverage 50 80 95 %   mean width 50 80 95 %`)
    const results = panels.map((path) => compare(path.replace(/\.csv.*/, ''), readPanel(path, combine)))
    const worst = Math.max(...results.filter(({ counted }) => counted >= 300).map((one) => one.worst))
    console.log(`largest deviation on panels of at least 300 truths: ${(100 * worst).toFixed(1)} points`)
  }
  console.log(`\n${'prediction sets, mean of odds'.padEnd(34)}truths  coverage 50 80 95 %   mean size 50 80 95 %`)
  for (const path of labelPanels) {
    const { counted, levels } = run(readLabelPanel(path), sets)
    console.log(`${path.padEnd(34)}${String(counted).padStart(6)}  ${percent(levels)}  ${widths(levels)}`)
  }
}

main()
