import { formatAllo } from '../output/formatAllo.ts'
import { type Column, formatTable } from '../output/formatTable.ts'
import type { MemberReport, Report, TopicReport } from './report.ts'

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
  return [head, ...losses, ...memberTable('worker', byLoss), ...memberTable('forecaster', topic.forecasters)]
}

function memberTable(title: string, members: readonly MemberReport[]): readonly string[] {
  if (members.length === 0) return []
  const rows = members.map(({ model, loss, weight, reward, present }) => [
    model,
    figure(loss),
    figure(weight),
    formatAllo(BigInt(reward)),
    `${Math.round(100 * present)} %`,
  ])
  const columns = [{ head: title }, ...['mean loss', 'weight', 'reward', 'present'].map(right)]
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

function ratio(a: number | null, b: number | null): string {
  return a === null || b === null || b === 0 ? '-' : (a / b).toFixed(4)
}
