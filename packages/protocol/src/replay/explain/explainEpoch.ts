import type { EpochRecord } from '../../gen/starling/v1/epochs_pb.ts'
import { readWhole } from '../../num/readWhole.ts'
import type { Replayed } from '../types.ts'
import { coinsOf } from './payLines.ts'
import { forecasterLines, infererLines, reputerLines } from './roleLines.ts'
import { didNotReveal, rolesIn } from './rolesIn.ts'
import { settledParts } from './settledParts.ts'
import type { Explained, Explanation, Line } from './types.ts'
import { whyNothing } from './whyNothing.ts'

const roles = ['inferer', 'forecaster', 'reputer'] as const

/**
 * The arithmetic from what an address submitted in an epoch to what it was paid, each line recomputed by the functions
 * that settle; the coins of its roles add up to what the record pays it, and the last line is that sum. SPEC QA-2
 */
export function explainEpoch(record: EpochRecord, replayed: Replayed, address: string): Explanation {
  const paid = record.payouts.reduce(
    (sum, payout) => (payout.address === address ? sum + readWhole(payout.amount) : sum),
    0n,
  )
  const parts = settledParts(replayed)
  const explained: Explained | undefined = parts === undefined ? undefined : { parts, record, address }
  const lines =
    explained === undefined
      ? []
      : [...infererLines(explained), ...forecasterLines(explained), ...reputerLines(explained)]
  const coins = roles.map((role) => [role, explained === undefined ? 0n : coinsOf(explained, role)] as const)
  const total = coins.reduce((sum, [, amount]) => sum + amount, 0n)
  if (total !== paid) throw new Error(`the record pays ${paid} uallo, its arithmetic gives ${total}`)
  return {
    lines: [
      ...lines,
      paidLine(
        coins.filter(([, amount]) => amount > 0n),
        paid,
      ),
    ],
    paid,
    reason: paid > 0n ? undefined : whyNothing(record, replayed, explained),
    outside: explained !== undefined && rolesIn(record, address).length === 0 && !didNotReveal(record, address),
  }
}

function paidLine(coins: readonly (readonly [string, bigint])[], paid: bigint): Line {
  return {
    label: 'paid',
    formula: coins.length === 0 ? 'nothing' : coins.map(([role]) => `coins as ${role}`).join(' + '),
    inputs: Object.fromEntries(coins.map(([role, amount]) => [`coins as ${role}`, amount.toString()])),
    value: paid.toString(),
  }
}
