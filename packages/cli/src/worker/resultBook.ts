import type { GetResultResponse } from '@starling/protocol/gen/starling/v1/query_pb'
import { formatAllo } from '../output/formatAllo.ts'
import { formatNumber } from '../output/formatNumber.ts'
import { payReason } from './payReason.ts'

/** One result as `worker --json` prints it, a line for each closed epoch; the reward in uallo. */
export type ResultRow = {
  readonly topic: number
  readonly nonce: number
  readonly status: string
  readonly reason: string
  readonly tookPart: boolean
  readonly loss: number | null
  readonly networkLoss: number | null
  readonly naiveLoss: number | null
  readonly score: number | null
  readonly weight: number | null
  /** What contribution pay found; null where the topic pays by other rules, and for who was not in the epoch. */
  readonly skill: number | null
  readonly weightInPay: number | null
  readonly share: number | null
  /** Settled epochs that count for its skill so far. */
  readonly present: number | null
  readonly reward: string
}

/** Counts what the epochs brought. */
export type ResultBook = {
  add(row: ResultRow): void
  /** Settled epochs with a loss of the worker's. */
  counted(): number
  /** A sentence on all of it; undefined before the first. */
  summary(): string | undefined
}

/** A result of the chain as plain data. */
export function toResultRow(topicId: bigint, result: GetResultResponse): ResultRow {
  const settled = result.status === 'settled'
  return {
    topic: Number(topicId),
    nonce: Number(result.nonce),
    status: result.status,
    reason: result.reason,
    tookPart: result.tookPart,
    loss: result.loss ?? null,
    networkLoss: settled ? result.networkLoss : null,
    naiveLoss: settled ? result.naiveLoss : null,
    score: result.score ?? null,
    weight: result.weight ?? null,
    skill: result.skill ?? null,
    weightInPay: result.weightInPay ?? null,
    share: result.share ?? null,
    present: result.present ?? null,
    reward: result.reward || '0',
  }
}

/** A line on one result: the worker's loss beside the network's, and what came of it. */
export function formatResult(row: ResultRow): string {
  const { nonce, status, reason, tookPart, loss, networkLoss } = row
  if (status !== 'settled') return `epoch ${nonce}: ${status}${reason === '' ? '' : ` (${reason})`}, nobody is scored`
  if (!tookPart) return `epoch ${nonce}: not in it; the network's loss is ${formatNumber(networkLoss)}`
  const parts = [
    `loss ${formatNumber(loss)}, the network's ${formatNumber(networkLoss)}`,
    `score ${formatNumber(row.score)}, weight ${formatNumber(row.weight)}, reward ${formatAllo(BigInt(row.reward))}`,
    ...formatPay(row),
  ]
  return `epoch ${nonce}: ${parts.join('; ')}`
}

function formatPay({ skill, weightInPay, share, present }: ResultRow): readonly string[] {
  if (skill === null || weightInPay === null || share === null) return []
  const reason = payReason({ skill, weightInPay, share, present })
  return [
    `skill ${formatNumber(skill)}, share ${formatNumber(share)} of the pot`,
    ...(reason === undefined ? [] : [reason]),
  ]
}

/** A book without results. */
export function createResultBook(): ResultBook {
  let epochs = 0
  let own = 0
  let network = 0
  let reward = 0n
  return {
    add(row) {
      reward += BigInt(row.reward)
      if (row.loss === null || row.networkLoss === null) return
      epochs += 1
      own += row.loss
      network += row.networkLoss
    },
    counted: () => epochs,
    summary() {
      if (epochs === 0) return undefined
      const losses = `mean loss ${formatNumber(own / epochs)}, the network's ${formatNumber(network / epochs)}`
      return `${epochs} settled epoch${epochs === 1 ? '' : 's'}: ${losses}; earned ${formatAllo(reward)}.`
    },
  }
}
