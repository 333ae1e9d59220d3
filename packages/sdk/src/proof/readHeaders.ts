import { equalBytes } from '@starling/protocol/bytes/compareBytes'
import type { Header } from '@starling/protocol/proof/cometTypes'
import { headerHash } from '@starling/protocol/proof/headerHash'
import { ProofError } from '@starling/protocol/proof/proofError'
import type { LightClient } from './createLightClient.ts'
import type { ClaimedHeader, LightSource } from './lightSource.ts'
import { refuted } from './refuted.ts'

/** What a node may give in one answer. */
const PAGE = 20n

/**
 * Headers from `to` down to `from`, newest first: the first is verified by its signatures, every other by the hash that
 * its successor holds. Throws `refuted` where a header is not the one that the next one follows.
 */
export async function readHeaders(
  source: LightSource,
  light: LightClient,
  { from, to }: { readonly from: bigint; readonly to: bigint },
): Promise<readonly ClaimedHeader[]> {
  const found: ClaimedHeader[] = []
  let above: Header | undefined
  for (let most = to; most >= from; ) {
    const least = most - PAGE + 1n > from ? most - PAGE + 1n : from
    const page = await source.headers(least, most)
    for (const [i, claimed] of page.entries()) {
      const expected = most - BigInt(i)
      if (claimed.header.height !== expected || expected < least) throw broken(expected, claimed.header.height)
      const hash: Uint8Array = above === undefined ? headerHash((await light.at(to)).header) : above.lastBlockId.hash
      if (!equalBytes(headerHash(claimed.header), hash)) throw broken(expected, expected)
      above = claimed.header
      found.push(claimed)
    }
    if (page.length === 0) throw broken(most, undefined)
    most -= BigInt(page.length)
  }
  return found
}

function broken(height: bigint, got: bigint | undefined): unknown {
  const what =
    got === height
      ? `Block ${height} is not the one that the verified block after it follows.`
      : `Block ${got ?? 'none'} came where block ${height} was asked for.`
  return refuted(new ProofError('WRONG_HEADER', what), 'headers')
}
