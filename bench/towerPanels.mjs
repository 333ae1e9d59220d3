// Runs the tower over panels and prints its loss beside the mean and the best single member in hindsight.
//   node bench/towerPanels.mjs DATA [--rule keyed|guarded|bare|…] [--only name,name] [--bad kind:share]
// DATA is a folder with the twelve panels named below, each with its columns epoch, available, key, scale, y, then one
// for each member. Without it there is nothing to measure, and the program says so.
import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { advanceTower } from '@starling/protocol/scoring/tower/advanceTower'
import { combineTower } from '@starling/protocol/scoring/tower/combineTower'
import { newTower } from '@starling/protocol/scoring/tower/newTower'

const [data, ...rest] = process.argv.slice(2)
const option = (name, fallback) => {
  const at = rest.indexOf(name)
  return at < 0 ? fallback : rest[at + 1]
}
if (data === undefined || !existsSync(data)) {
  console.log('towerPanels: name the folder of the panels; without it nothing is measured')
  process.exit(0)
}

const log1p = (x) => Math.log1p(Math.max(0, x))
const flu = { where: { horizon: '1' }, map: log1p }
const PANELS = {
  'opera-electric': ['opera-electric-load/experts.csv', 'squared'],
  'opera-regional': ['opera-regional-load/experts.csv', 'squared'],
  'epf-np': ['epf-np/experts.csv.gz', 'absolute'],
  'epf-pjm': ['epf-pjm/experts.csv.gz', 'absolute'],
  srft: ['weather-temperature-srft/experts.csv.gz', 'squared'],
  'flu-2023-24': ['flusight-2023-24/median.csv.gz', 'squared', flu],
  'flu-2024-25': ['flusight-2024-25/median.csv.gz', 'squared', flu],
  'aave-liq': ['defi-aave-liquidations/experts_daily.csv.gz', 'squared'],
  rain: ['rain-innsbruck/experts.csv.gz', 'squared'],
  'sp500-range': ['indices-daily/sp500_experts_range.csv.gz', 'squared'],
  'btc17-range': ['crypto-coinbase-btcusd-1h/experts_range.csv.gz', 'squared'],
  'btc17-return': ['crypto-coinbase-btcusd-1h/experts_return.csv.gz', 'squared'],
}
const BAD = ['noise', 'collude', 'absurd', 'sleeper', 'burst', 'sybil']

/** Rows in the order of their epochs; absent = NaN. */
function load([file, loss, { where = {}, map } = {}]) {
  const bytes = readFileSync(`${data}/${file}`)
  const lines = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trim().split(/\r?\n/)
  const head = lines[0].split(',')
  const at = (name) => head.indexOf(name)
  const members = head.map((name, i) => ({ name, i })).filter(({ name, i }) => i > at('y') && !/^(ref|ctx)_/.test(name))
  const number = (text) => (text === '' || text === 'NA' ? Number.NaN : map === undefined ? +text : map(+text))
  const rows = lines.slice(1).map((line) => line.split(','))
  const kept = rows
    .filter((row) => Object.entries(where).every(([name, value]) => row[at(name)] === value))
    .map((row) => ({
      epoch: +row[at('epoch')],
      available: +row[at('available')],
      key: at('key') < 0 ? '' : row[at('key')],
      scale: map === undefined ? +row[at('scale')] : 1,
      truth: number(row[at('y')]),
      x: members.map(({ i }) => number(row[i])),
    }))
    .filter(({ truth, x }) => Number.isFinite(truth) && x.some(Number.isFinite))
    .toSorted((a, b) => a.epoch - b.epoch)
  return { rows: kept, names: members.map(({ name }) => name), loss }
}

/** The tower's answer to every row. */
function play({ rows, names, loss }, rule) {
  const config = { loss, domain: [-1e300, 1e300], labels: [], levels: [], ...(rule === undefined ? {} : { rule }) }
  const workers = names.map((_, j) => `m${String(j).padStart(3, '0')}`)
  const asked = rows.map(({ x, ...row }) => ({
    ...row,
    inferences: x.flatMap((value, j) => (Number.isFinite(value) ? [{ worker: workers[j], values: [value] }] : [])),
  }))
  let state = newTower(config)
  const answers = []
  let waiting = []
  for (let start = 0; start < asked.length; ) {
    const { epoch } = asked[start]
    let end = start
    while (end < asked.length && asked[end].epoch === epoch) end += 1
    const due = waiting.filter((one) => one.available <= epoch)
    waiting = waiting.filter((one) => one.available > epoch)
    due.sort((a, b) => a.available - b.available || a.epoch - b.epoch)
    for (const { lessons } of due) state = advanceTower(config, state, lessons)
    const block = asked.slice(start, end)
    const combined = combineTower(config, state, block, { oneOut: false })
    const fresh = new Map()
    for (const [i, row] of block.entries()) {
      answers.push(combined[i].values[0])
      const batch = fresh.get(row.available) ?? { epoch, available: row.available, lessons: [] }
      fresh.set(row.available, batch)
      batch.lessons.push({ ...row, memory: combined[i].memory })
    }
    waiting.push(...fresh.values())
    start = end
  }
  return answers
}

const meanOf = (values) => values.reduce((a, b) => a + b, 0) / values.length
const awakeOf = (x) => x.filter(Number.isFinite)
const medianOf = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
const rowLoss = (loss, value, { truth, scale }) => {
  const error = Math.abs(value - truth) / scale
  return loss === 'squared' ? error * error : error
}
const finish = (loss, value) => (loss === 'squared' ? Math.sqrt(value) : value)

/** Largest ratio to a member on its own rows (members of at least half of the rows), and the ratio to the mean. */
function measure(panel, answers) {
  const { rows, names, loss } = panel
  const own = rows.map((row, i) => rowLoss(loss, answers[i], row))
  const mean = rows.map((row) => rowLoss(loss, meanOf(awakeOf(row.x)), row))
  const ratios = names.map((_, j) => {
    const on = rows.map((_, i) => i).filter((i) => Number.isFinite(rows[i].x[j]))
    if (on.length < rows.length / 2) return 0
    return meanOf(on.map((i) => own[i])) / meanOf(on.map((i) => rowLoss(loss, rows[i].x[j], rows[i])))
  })
  return {
    total: finish(loss, meanOf(own)),
    best: finish(loss, Math.max(...ratios)),
    mean: finish(loss, meanOf(own) / meanOf(mean)),
  }
}

/** Numbers from a fixed seed, normal by twelve uniform ones. */
function makeRandom(seed) {
  let state = seed
  const uniform = () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 2147483648
  }
  const normal = () => Array.from({ length: 12 }, uniform).reduce((a, b) => a + b, 0) - 6
  return { uniform, normal }
}

/** The panel with bad members: `share` of those awake in a row at most. */
function spoil({ rows, names, loss }, kind, share) {
  const { uniform, normal } = makeRandom(7)
  const count = Math.max(1, Math.round((share / (1 - share)) * names.length))
  const middles = rows.map(({ x }) => medianOf(awakeOf(x)))
  const e = 1.4826 * medianOf(rows.map(({ truth }, i) => Math.abs(middles[i] - truth))) + 1e-9
  const epochs = [...new Set(rows.map(({ epoch }) => epoch))]
  const late = epochs[Math.floor(epochs.length / 2)]
  const bursts = new Set(epochs.filter(() => uniform() < 0.1))
  const losses = names.map((_, j) => {
    const on = rows.filter(({ x }) => Number.isFinite(x[j]))
    return on.length > rows.length / 2 ? meanOf(on.map((row) => Math.abs(row.x[j] - row.truth) / row.scale)) : -1
  })
  const worst = losses.indexOf(Math.max(...losses))
  const badOf = {
    noise: (m) => m + 5 * e * normal(),
    collude: (m) => m + 3 * e + 0.05 * e * normal(),
    absurd: (m) => m + 1000 * e * (uniform() < 0.5 ? -1 : 1),
    sleeper: (m, row) => m + (row.epoch >= late ? 5 * e : 0) + 0.05 * e * normal(),
    burst: (m, row) => m + (bursts.has(row.epoch) ? 10 * e : 0) + 0.05 * e * normal(),
    sybil: (m, row) => (Number.isFinite(row.x[worst]) ? row.x[worst] : m) + 0.01 * e * normal(),
  }[kind]
  return {
    loss,
    names: [...names, ...Array.from({ length: count }, (_, i) => `bad${i}`)],
    rows: rows.map((row, i) => {
      const limit = Math.round((share / (1 - share)) * awakeOf(row.x).length)
      const bad = Array.from({ length: count }, (_, k) => (k < limit ? badOf(middles[i], row) : Number.NaN))
      return { ...row, x: [...row.x, ...bad] }
    }),
  }
}

const only = option('--only', Object.keys(PANELS).join(',')).split(',')
const rules = option('--rule', 'keyed').split(',')
const bad = option('--bad', '')
const most = Number(option('--rows', '1000000'))
const geometric = (values) => Math.exp(meanOf(values.map(Math.log)))
for (const rule of rules) {
  const all = []
  const costs = []
  for (const name of only) {
    const full = load(PANELS[name])
    const panel = { ...full, rows: full.rows.slice(0, most) }
    const started = performance.now()
    const clean = measure(panel, play(panel, rule))
    if (bad === '') {
      all.push({ name, ...clean })
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      console.log(`${rule}  ${name}: best ${clean.best.toFixed(4)}  mean ${clean.mean.toFixed(4)}  ${seconds} s`)
      continue
    }
    const [kinds, share] = bad.split(':')
    for (const kind of kinds === 'all' ? BAD : [kinds]) {
      const spoilt = spoil(panel, kind, Number(share))
      const { total } = measure(spoilt, play(spoilt, rule))
      costs.push(total / clean.total)
      console.log(`${rule}  ${name}, ${kind} ${share}: ${(total / clean.total).toFixed(3)} of the clean loss`)
    }
  }
  if (costs.length > 0) {
    console.log(
      `${rule}  cost: geometric mean ${geometric(costs).toFixed(4)}, largest ${Math.max(...costs).toFixed(4)}`,
    )
    continue
  }
  const best = all.map((one) => one.best)
  console.log(`${rule}  all: geometric mean ${geometric(best).toFixed(4)}, worst ${Math.max(...best).toFixed(4)}`)
  console.log(`${rule}  largest ratio to the mean ${Math.max(...all.map((one) => one.mean)).toFixed(4)}`)
  if (all.length > 2) {
    const left = all.map(
      ({ name }) => `${name} ${geometric(all.filter((o) => o.name !== name).map((o) => o.best)).toFixed(4)}`,
    )
    console.log(`${rule}  without each panel: ${left.join(', ')}`)
  }
}
