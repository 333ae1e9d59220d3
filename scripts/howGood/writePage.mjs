import { discretePanels } from './discretePanels.mjs'
import { panels as listed } from './panels.mjs'

const LEVELS = [50, 80, 95]
/** Fewer epochs than this say little about coverage. */
const FEW = 300

/** The whole page from its figures: one of the example, one of each panel of numbers, one of each discrete one. */
export function writePage({ example, panels, discrete }) {
  const parts = [intro(), question(), score()]
  if (panels.length > 0) parts.push(data(panels), result(panels), intervals(panels), pay(panels), weak(panels))
  if (discrete.length > 0) parts.push(probabilities(discrete))
  return `${[...parts, limits(), ofExample(example), again()].join('\n\n')}\n`
}

function intro() {
  return `# How good is it?

This page is written by \`npm run how-good\` from what it measures; no figure in it was typed by hand.`
}

function question() {
  return `## The question

Several models predict the same thing. Should you listen to the network's one answer, or pick a model? A sceptic asks three
things: is the answer better than the plain mean, which costs nothing; is it as good as the best single model, which nobody knows
beforehand; and when it says 95 %, is that true?`
}

function score() {
  return `## The score

- Tables of real predictions run through the same functions that settle epochs on the chain, as \`starling backtest\` does, in the
  order of time. An answer uses only truths that had become public by then. The first answers, before anything is known
  of anybody, count like all others.
- **Error**: root of the mean squared error (on prices the mean absolute error), over all rows.
- **Ratio**: the network's error divided by the other's on the same rows. Below 1 the network is better.
- **Best single model**: the one with the least error of those that answered at least half of the rows, chosen in hindsight when all
  truths are known. Nobody could have followed it. **Any model**: the largest ratio to any of these, each on its own rows.
- **95 % interval**: block bootstrap, forty blocks of neighbouring epochs, 400 draws.`
}

function data(panels) {
  const rows = panels.map(({ name, rows, epochs, models }) => [
    name,
    listed.find((one) => one.name === name)?.about ?? '',
    rows,
    epochs,
    models,
  ])
  return `## The data

${table(['panel', 'what', 'rows', 'epochs', 'models'], rows)}

Models of the first seven and of \`rain\` are those of their authors (energy analysts, weather services, epidemiologists); those of the
rest are simple rules written for this purpose.`
}

function result(panels) {
  const rows = panels.map(({ name, best, toBest, toAny, toMean, toMedian, edge }) => [
    name,
    `**${three(toBest[0])}** (${three(toBest[1])} to ${three(toBest[2])})`,
    best,
    three(toAny),
    three(toMean[0]),
    three(toMedian[0]),
    edge.shown ? 'yes' : 'no',
  ])
  const ratios = panels.map(({ toAny }) => toAny)
  const without = panels.map(({ name }, i) => ({ name, mean: geometric(ratios.filter((_, j) => j !== i)) }))
  const [low, high] = [without.toSorted((a, b) => a.mean - b.mean)[0], without.toSorted((a, b) => b.mean - a.mean)[0]]
  const below = panels.filter(({ toBest }) => toBest[0] < 1).length
  const sure = panels.filter(({ toBest }) => toBest[2] < 1).length
  return `## The result

${table(['panel', 'network ÷ best single model', 'which', '÷ any model', '÷ mean', '÷ median', 'edge shown'], rows)}

![ratios by panel](images/how-good-ratios.svg)

On ${below} of ${panels.length} panels the network's error is below that of the best model chosen in hindsight, on ${sure} of them with the whole
interval below 1. The geometric mean of the ratios to any model is **${three(geometric(ratios))}**; leaving out one panel at a time it lies between ${three(low.mean)}
(without ${low.name}) and ${three(high.mean)} (without ${high.name}). The largest ratio to the plain mean is ${four(Math.max(...panels.map(({ toMean }) => toMean[0])))}.

"Edge shown" is the network's own claim to beat the best guess without any model (last value, mean, a week or a day ago), made only where
the evidence would convince somebody who looks after every epoch.

Through the lockdown of March 2020, when habits changed within days:

![running loss of opera-regional](images/how-good-running.svg)`
}

function intervals(panels) {
  const rows = panels.map(({ name, intervals }) => [
    name,
    intervals.epochs,
    ...intervals.levels.map(({ coverage, rolling }) => `${percent(coverage)} (${percent(rolling)})`),
    ...intervals.levels.map(({ width }) => width.toFixed(2)),
  ])
  const columns = [
    'panel',
    'epochs',
    ...LEVELS.map((level) => `${level} %`),
    ...LEVELS.map((level) => `width ${level}`),
  ]
  return `## Does it know how sure it is?

How often the truth lay inside the intervals, in per cent; in brackets the simple alternative, quantiles of the last 200
errors around the same answer. Widths are divided by the alternative's. The first 50 epochs (half of them on shorter panels) are warm-up.

${table(columns, rows)}

![coverage by panel](images/how-good-coverage.svg)`
}

function pay(panels) {
  const rows = panels.map(({ name, models, best, pay }) => [
    name,
    Number.isFinite(pay.correlation) ? pay.correlation.toFixed(2) : 'none',
    `${pay.earning} of ${models}`,
    `${pay.most.name}, ${percent(pay.most.reward)} %`,
    `${best}, ${percent(pay.best)} %`,
    `${percent(pay.unpaid)} %`,
  ])
  return `## What would each have earned?

Pay is for skill over a guess without a model, times the part in the best combination: a copy shares with its original, and
a model that adds nothing to the others earns little however good it is. So pay does not follow rank exactly, and should not.

${table(['panel', 'rank correlation of pay and accuracy', 'earn', 'most', 'the best single model', 'unpaid'], rows)}

What nobody earned stays in escrow: the part of epochs in which nobody had shown skill yet.`
}

function weak(panels) {
  const name = (list) => list.map((one) => one.name).join(', ')
  const section = (list, text) => (list.length === 0 ? [] : [`- ${text(list)}`])
  const off = (one) => Math.max(...one.intervals.levels.map(({ coverage }, i) => Math.abs(100 * coverage - LEVELS[i])))
  const ratios = (list, of) => list.map((one) => `${one.name} ${four(of(one))}`).join(', ')
  const best = (one) => one.toBest[0]
  const lines = [
    ...section(
      panels.filter((one) => one.toAny > 1),
      (list) => `A single model was better: ${ratios(list, (one) => one.toAny)}.`,
    ),
    ...section(
      panels.filter((one) => best(one) <= 1 && one.toBest[2] >= 1),
      (list) => `Better on paper, but the interval reaches 1, so it may be luck: ${ratios(list, best)}.`,
    ),
    ...section(
      panels.filter((one) => one.toMedian[0] > 1),
      (list) => `The plain median was better: ${ratios(list, (one) => one.toMedian[0])}.`,
    ),
    ...section(
      panels.filter((one) => one.intervals.epochs >= FEW && off(one) > 3),
      (list) => `Coverage is more than three points off: ${name(list)}.`,
    ),
    ...section(
      panels.filter((one) => one.intervals.epochs < FEW && off(one) > 3),
      (list) => `Coverage is more than three points off on fewer than ${FEW} epochs: ${name(list)}.`,
    ),
    ...section(
      panels.filter((one) => one.intervals.levels[2].width > 1.05),
      (list) => `Intervals of 95 % are more than 5 % wider than the simple alternative's: ${name(list)}.`,
    ),
    ...section(
      panels.filter((one) => !one.edge.shown),
      (list) => `No edge over a guess without models is shown: ${name(list)}.`,
    ),
    ...section(
      panels.filter((one) => one.pay.correlation < 0.5),
      (list) => `Pay and accuracy agree little (rank correlation below 0.5): ${name(list)}.`,
    ),
  ]
  return `## Where it is not the best\n\n${lines.join('\n')}`
}

function probabilities(discrete) {
  const rows = discrete.map(({ name, loss, rows, epochs, models, best, toBest, toMean, toMedian, edge }) => [
    name,
    discretePanels.find((one) => one.name === name)?.about ?? '',
    loss,
    `${rows} in ${epochs}`,
    `**${four(toBest[0])}** (${three(toBest[1])} to ${three(toBest[2])})`,
    `${best} of ${models}`,
    four(toMean[0]),
    four(toMedian[0]),
    edge.shown ? 'yes' : 'no',
  ])
  const columns = [
    'panel',
    'what',
    'loss',
    'rows in epochs',
    'network ÷ best',
    'which',
    '÷ mean',
    '÷ median',
    'edge shown',
  ]
  const behind = discrete.filter(({ toBest }) => toBest[0] > 1)
  const sentence =
    behind.length === 0
      ? 'On all of them the network is ahead of the best single model in hindsight.'
      : `The best single model in hindsight was better on ${behind.map(({ name, toBest }) => `${name} (${four(toBest[0])})`).join(', ')}.`
  return `## Probabilities, labels and quantiles

Ratios of mean losses. ${sentence}

${table(columns, rows)}`
}

function limits() {
  return `## What this page does not show

- **These panels are not held out.** The rules were chosen while looking at them ([ADR-023](adr/023-tower.md) lists every variant
  tried). Most constants are round numbers and no rule was fitted to a panel, but expect somewhat less on your data. Leaving out a panel
  shows how much one panel counts, not what happens on a new one. Run your own: \`starling backtest panel.csv\`.
- No costs, no trading: a smaller error is not a profit. A ratio of 0.99 is worth little unless you act on many of them.
- All models here are honest. What attackers cost is in [ADR-023](adr/023-tower.md) and in \`npm run attacks\`.
- Models did not react to pay, and nobody joined because of it.
- Truths are the final ones, revisions are ignored.`
}

function ofExample({ epochs, models, best, toBest, toMean, toMedian, intervals }) {
  const interval = ([, lower, upper]) => `${three(lower)} to ${three(upper)}`
  const inside = intervals.levels.map(({ coverage }) => percent(coverage)).join(', ')
  return `## Without any of these files

\`starling backtest --example\` needs nothing but this project: ${epochs} trading days of the S&P 500, ${models} built-in models of tomorrow's
volatility, and forecasters of their losses. Ratios of mean QLIKE losses: ${three(toBest[0])} to the best single model ${best} (${interval(toBest)}),
${three(toMean[0])} to the mean (${interval(toMean)}), ${three(toMedian[0])} to the median (${interval(toMedian)}). Intervals of 50, 80 and 95 % held ${inside} % of the truths.`
}

function again() {
  return `## Make it again

\`\`\`
npm run how-good -- DIRECTORY    # a directory of panels, each a table as in docs/backtest.md
npm run how-good -- --check      # measures the packaged example, and compares this page with its figures
\`\`\`

Panels that are not in the directory keep the figures of [how-good-is-it.json](how-good-is-it.json).`
}

function table(columns, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(columns), line(columns.map((_, i) => (i === 0 ? '---' : '--:'))), ...rows.map(line)].join('\n')
}

const four = (value) => value.toFixed(4)
const three = (value) => value.toFixed(3)
const percent = (value) => (100 * value).toFixed(1)
const geometric = (values) => Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)
