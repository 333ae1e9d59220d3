import { equalBytes } from '@starling/protocol/bytes/compareBytes'
import type { Commit, Header } from '@starling/protocol/proof/cometTypes'
import { commitHash } from '@starling/protocol/proof/encodeCommit'
import { parseLightBlock } from '@starling/protocol/proof/parseLightBlock'
import { ProofError } from '@starling/protocol/proof/proofError'
import type { Rpc } from '../http/createRpc.ts'
import { refuted } from '../proof/refuted.ts'

/** Commits that are asked for at once. */
const AT_ONCE = 8

/**
 * The commits that the chain keeps of blocks, given the verified headers of the blocks after them, in the order of
 * these. All signatures are those that the header names by its `last_commit_hash`. Throws `refuted` where they are not.
 */
export async function readCommits(rpc: Rpc, after: readonly Header[]): Promise<readonly Commit[]> {
  const commits: Commit[] = []
  for (let first = 0; first < after.length; first += AT_ONCE) {
    commits.push(...(await Promise.all(after.slice(first, first + AT_ONCE).map((next) => readCommit(rpc, next)))))
  }
  return commits
}

async function readCommit(rpc: Rpc, next: Header): Promise<Commit> {
  const height = next.height - 1n
  const reply = await rpc.call('commit', { height: String(height) })
  try {
    const { commit } = parseLightBlock(reply)
    if (commit.height === height && equalBytes(commitHash(commit), next.lastCommitHash)) return commit
    throw new ProofError(
      'WRONG_HEADER',
      `The signatures on block ${height} are not those that block ${next.height} keeps.`,
    )
  } catch (error) {
    throw refuted(error, `the commit of block ${height}`)
  }
}
