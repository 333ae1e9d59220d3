import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { SLOT_EPOCHS } from './chain/chainScenarios.mjs'
import { WARM_UP as CHAIN_WARM_UP, EPOCHS } from './chain/measureChain.mjs'
import { WARM_UP } from './simulate.mjs'
import { METRICS, verdict } from './table.mjs'

/** Where the second part of the page begins. */
const SECOND = '## On the state machine'

const legendOf = (rows) =>
  Object.entries(METRICS)
    .filter(([key]) => rows.some(({ ours, reference }) => `, ${ours}, ${reference}`.includes(`, ${key} `)))
    .map(([key, text]) => `- ${key}: ${text}`)
    .join('\n')

function firstPart(rows, { seeds, epochs, grid }) {
  const lines = rows.map(
    (row) => `| ${row.id} | ${row.title} | ${row.ours} | ${row.reference} | ${row.criterion} | ${verdict(row)} |`,
  )
  return `# Incentives: the attacks, and what they earn

Made by \`npm run attacks -- --seeds ${seeds} --epochs ${epochs}${grid ? ' --grid' : ''} --write\` (the second table by
\`npm run attacks -- --chain --write\`). Each row is an attack, in worlds of twenty honest workers (of forecasters: eight
workers and two honest forecasters), over ${epochs} epochs of which the first ${WARM_UP} are warm-up, with ${seeds} seeds fixed beforehand.
Attacks of workers and forecasters run through \`settleEpoch\`, epoch after epoch, as the chain settles a verified topic:
contribution pay (VT-6), tower synthesis (VT-10), calibrated intervals (VT-7), sealed submissions (VT-2); those of reputers
(G13–G17) through the functions of agreed truth (VT-3). Reference is the pay rule of the reference network with plain
submissions and, for reputers, reported losses.

A number is the mean over the seeds; in brackets the upper end of its 95 % bootstrap interval, which has to meet the
criterion. A criterion that is known to be missed says so.

${legendOf(rows)}

| id | attack | ours | reference | criterion | verdict |
| -- | ------ | ---- | --------- | --------- | ------- |
${lines.join('\n')}
`
}

function secondPart(rows, { seeds }) {
  const lines = rows.map((row) => `| ${row.id} | ${row.title} | ${row.ours} | ${row.criterion} | ${verdict(row)} |`)
  return `${SECOND}

Made by \`npm run attacks -- --chain --seeds ${seeds} --write\`: the node's application in process, each attack in a sealed, verified
topic of its own beside one without it; commitments, reveals, bonds, reports of five reputers, records. Ten honest workers,
${EPOCHS} epochs of which the first ${CHAIN_WARM_UP} are warm-up; of the fights for places ${SLOT_EPOCHS} epochs, with three better workers that come
at epoch 40. A number is the mean over ${seeds} seeds.

${legendOf(rows)}

| id | attack | ours | criterion | verdict |
| -- | ------ | ---- | --------- | ------- |
${lines.join('\n')}
`
}

/** Writes one part of the page, by whether the rows come from the chain; the other part stays as it is. */
export function writePage(path, rows, options) {
  const [first, second] = existsSync(path) ? readFileSync(path, 'utf8').split(SECOND) : []
  const parts = options.chain
    ? [first ?? '', secondPart(rows, options)]
    : [firstPart(rows, options), second === undefined ? '' : SECOND + second]
  writeFileSync(
    path,
    `${parts
      .filter((part) => part !== '')
      .map((part) => part.trimEnd())
      .join('\n\n')}\n`,
  )
}
