import { toHex } from '@starling/protocol/bytes/hex'
import type { Commit, Header, ValidatorSet } from '@starling/protocol/proof/cometTypes'

/** A validator, and its part in the blocks that were looked at. */
export type Attendance = {
  /** In hexadecimal. */
  readonly address: string
  readonly publicKey: string
  readonly power: bigint
  /** Commits that it has signed. */
  readonly signed: number
  /** Blocks that it has made. */
  readonly proposed: number
}

/** Counts who has signed and who has made blocks, for those who are validators now. */
export function countAttendance(
  validators: ValidatorSet,
  commits: readonly Commit[],
  headers: readonly Header[],
): readonly Attendance[] {
  const signed = new Map<string, number>()
  for (const { signatures } of commits) {
    for (const { flag, validatorAddress } of signatures) if (flag === 2) countOne(signed, toHex(validatorAddress))
  }
  const proposed = new Map<string, number>()
  for (const { proposerAddress } of headers) countOne(proposed, toHex(proposerAddress))
  return validators.map(({ address: bytes, publicKey, power }) => {
    const address = toHex(bytes)
    return {
      address,
      publicKey: toHex(publicKey),
      power,
      signed: signed.get(address) ?? 0,
      proposed: proposed.get(address) ?? 0,
    }
  })
}

function countOne(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
