import { formatAllo } from '../output/formatAllo.ts'
import { type Column, formatTable } from '../output/formatTable.ts'
import type { Report, TopicReport } from './report.ts'
import type { MemberReport } from './reportTypes.ts'

/** The report as text for people, at most 80 columns wide. */
export function formatReport(report: Report): string {
  const { chainId, seed, seconds, blocks, transactions, appHash, supply } = report
  const sum = `${supply.genesis} + ${supply.minted} - ${supply.burned}`
  const verdict = supply.conserved ? 'conserved' : 'NOT CONSERVED'
  return [
    `${chainId}, seed ${seed}: ${blocks} blocks, ${transactions} transactions in ${seconds.toFixed(1)} s`,
    `app hash ${appHash}`,
    '',
    ...report.topics.flatMap((topic) => [...formatTopic(topic), '']),
    `supply ${supply.total} uallo ${verdict}`,
    `  = genesis + minted - burned`,
    `  = ${sum}`,
    `  = the sum of all balances`,
  ].join('\n')
}

function formatTopic(topic: TopicReport): readonly string[] {
  const { loss, epochs } = topic
  const head = `${topic.id} ${topic.name} (${topic.lossMethod}), ${epochs} settled epochs`
  if (epochs === 0) return [head]
  const best = topic.workers.find(({ address }) => address === topic.bestWorker)
  const losses = [
    `  mean loss   network ${figure(loss.network)}   mean ${figure(loss.mean)}   median ${figure(loss.median)}`,
    `              best worker ${figure(loss.bestWorker)} (${best?.model ?? 'none'})`,
    `  network/mean ${ratio(loss.network, loss.mean)}   network/median ${ratio(loss.network, loss.median)}   network/best ${ratio(loss.networkOnBest, loss.bestWorker)}`,
    `  rewards follow skill: rank correlation ${figure(topic.rewardSkillCorrelation)}`,
    `  rewards     workers ${totalOf(topic.workers)}   forecasters ${totalOf(topic.forecasters)}`,
    `              reputers ${totalOf(topic.reputers)}`,
  ]
  const byLoss = topic.workers.toSorted((a, b) => a.loss - b.loss)
  const rules = `  truth ${topic.truth}, submissions ${topic.submissions}, pay ${topic.pay}, synthesis ${topic.synthesis}`
  const more = [...formatSureness(topic), ...formatAttack(topic)]
  return [
    head,
    rules,
    ...losses,
    ...more,
    ...memberTable('worker', byLoss),
    ...memberTable('forecaster', topic.forecasters),
  ]
}

/** What the ledgers say of intervals and edge. */
function formatSureness({ intervals, edge }: TopicReport): readonly string[] {
  const levels = intervals.map(({ level, hits, epochs, meanWidth }) => {
    const held = epochs === 0 ? '-' : inPercent(hits / epochs)
    return `  intervals   ${inPercent(level)} held ${held} of ${epochs} epochs, mean width ${figure(meanWidth)}`
  })
  if (edge === null) return levels
  const { shown, eValue, n } = edge
  return [...levels, `  edge        ${shown ? 'shown' : 'not shown'}, e-value ${figure(eValue)} after ${n} epochs`]
}

function formatAttack({ attack, honest, loss }: TopicReport): readonly string[] {
  const rows = attack.map(
    ({ kind, identities, share, honestShare, loss: own }) =>
      `  ATTACK      ${identities} ${kind}: mean loss ${figure(own)}, earned ${inPercent(share)} of the pots; honest ${inPercent(honestShare)}`,
  )
  if (honest === null) return rows
  return [
    ...rows,
    `  honest      mean ${figure(honest.mean)}   median ${figure(honest.median)}   best ${figure(honest.bestWorker)}`,
    `  network/honest mean ${ratio(loss.network, honest.mean)}   network/honest best ${ratio(loss.network, honest.bestWorker)}`,
  ]
}

function memberTable(title: string, members: readonly MemberReport[]): readonly string[] {
  if (members.length === 0) return []
  const rows = members.map(({ model, loss, weight, skill, share, reward, present }) => [
    model,
    figure(loss),
    figure(weight),
    figure(skill),
    share === null ? '-' : inPercent(share),
    formatAllo(BigInt(reward)),
    `${Math.round(100 * present)} %`,
  ])
  const columns = [{ head: title }, ...['mean loss', 'weight', 'skill', 'share', 'reward', 'present'].map(right)]
  const table = formatTable(columns, rows)
  return table
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
}

const right = (head: string): Column => ({ head, align: 'right' })

function totalOf(members: readonly { readonly reward: string }[]): string {
  return formatAllo(members.reduce((sum, { reward }) => sum + BigInt(reward), 0n))
}

/** Four significant digits, or a dash for what is undefined. */
export function figure(value: number | null): string {
  if (value === null) return '-'
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size >= 1e-4 && size < 1e6) return Number.isInteger(value) ? String(value) : value.toPrecision(4)
  return value.toExponential(2)
}

function inPercent(fraction: number | null): string {
  return fraction === null ? '-' : `${(100 * fraction).toFixed(1)} %`
}

function ratio(a: number | null, b: number | null): string {
  return a === null || b === null || b === 0 ? '-' : (a / b).toFixed(4)
}
