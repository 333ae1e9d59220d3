import { formatAllo } from '../output/formatAllo.ts'
import { formatNumber } from '../output/formatNumber.ts'
import { type Column, formatTable } from '../output/formatTable.ts'
import type { Paint } from '../output/paintFor.ts'
import type { NamedValues, Role, SettleOutput, ShownInterval, ShownValues } from './outputTypes.ts'

const right = (head: string): Column => ({ head, align: 'right' })
/** One line of the table of workers and reputers. */
type Row = { readonly address: string; readonly role: Role; readonly value: string; readonly loss: string }

/** The outcome of an epoch for people. */
export function formatSummary(output: SettleOutput, paint: Paint): string {
  const { status, reason, reward, unpaid, skipped } = output
  const title = `Topic ${output.topic}, nonce ${output.nonce}: ${paint(status === 'settled' ? 'green' : 'yellow', status)}${reason === undefined ? '' : ` (${reason})`}\n`
  const paid = `Paid ${formatAllo(BigInt(reward) - BigInt(unpaid))} of ${formatAllo(BigInt(reward))}\n`
  const left = formatTable(
    [{ head: 'skipped' }, { head: 'field' }, { head: 'reason' }],
    skipped.map((one) => [one.who, one.field, one.reason]),
  )
  return [title, formatNetwork(output), formatPeople(output), paid, skipped.length === 0 ? '' : left]
    .filter((part) => part !== '')
    .join('\n')
}

function formatNetwork({ truth, network, losses, intervals }: SettleOutput): string {
  if (network === null) return ''
  return formatTable(
    [{ head: 'what' }, right('value'), right('loss')],
    [
      ['truth', typeof truth === 'string' ? truth : formatNumber(truth), ''],
      ['network', formatValues(network.combined), formatNumber(losses?.combined)],
      ['naive', formatValues(network.naive), formatNumber(losses?.naive)],
      ...intervals.map((interval) => [formatLevel(interval.level), formatEnds(interval), '']),
    ],
  )
}

function formatLevel(level: number): string {
  return `${formatNumber(level * 100)} %`
}

function formatEnds(interval: ShownInterval): string {
  if ('labels' in interval) return interval.labels.join(', ')
  return `${formatNumber(interval.lower)} … ${formatNumber(interval.upper)}`
}

function formatPeople(output: SettleOutput): string {
  const rows = rowsOf(output)
  if (rows.length === 0) return ''
  const shares = output.contribution?.shares ?? null
  const find = <T extends { readonly address: string; readonly role: Role }>(list: readonly T[] | null, row: Row) =>
    list?.find(({ address, role }) => address === row.address && role === row.role)
  return formatTable(
    [
      { head: 'who' },
      { head: 'role' },
      right('value'),
      right('loss'),
      right('weight'),
      right('score'),
      right('regret'),
      ...(shares === null ? [] : [right('skill'), right('share')]),
      right('reward'),
    ],
    rows.map((row) => [
      row.address,
      row.role,
      row.value,
      row.loss,
      formatNumber(find(output.weights, row)?.weight),
      formatNumber(find(output.scores, row)?.score),
      formatNumber(find(output.regrets, row)?.regret),
      ...(shares === null ? [] : [find(shares, row)?.skill, find(shares, row)?.share].map(formatNumber)),
      formatAllo(BigInt(find(output.rewards, row)?.amount ?? '0')),
    ]),
  )
}

function rowsOf({ network, losses, scores }: SettleOutput): readonly Row[] {
  const workers = (role: 'inferer' | 'forecaster') =>
    (network?.[`${role}s`] ?? []).map((entry) => ({
      address: entry.worker,
      role,
      value: formatValues(valuesOf(entry)),
      loss: formatNumber(losses?.[`${role}s`].find(({ worker }) => worker === entry.worker)?.loss),
    }))
  const reputers = (scores ?? []).filter(({ role }) => role === 'reputer')
  return [
    ...workers('inferer'),
    ...workers('forecaster'),
    ...reputers.map(({ address, role }) => ({ address, role, value: '', loss: '' })),
  ]
}

function valuesOf(named: NamedValues): ShownValues {
  return named.value ?? named.values ?? null
}

function formatValues(values: ShownValues): string {
  if (typeof values !== 'object' || values === null) return formatNumber(values)
  return Object.entries(values)
    .map(([name, value]) => `${name} ${formatNumber(value)}`)
    .join(', ')
}
