import type { ContributionState } from '@starling/protocol/scoring/contribution/contributionTypes'
import { type Standing, standingsOf } from '@starling/protocol/scoring/contribution/standingsOf'
import type { StateReader } from '../app/context.ts'
import { readScoring } from '../modules/synthesis/readScoring.ts'

const MOST = 4

// Programs ask for one participant after another. What is remembered changes nothing but the speed.
const known = new Map<bigint, { readonly contribution: ContributionState; readonly standings: readonly Standing[] }>()

/** Where everybody stands after a topic's newest settled epoch; nobody in topics of reference pay. SPEC VT-6 */
export function readStandings(state: StateReader, topicId: bigint): readonly Standing[] {
  const contribution = readScoring(state, topicId).verified?.contribution ?? null
  if (contribution === null) return []
  const found = known.get(topicId)
  if (found?.contribution === contribution) return found.standings
  const standings = standingsOf(contribution)
  if (known.size >= MOST) known.clear()
  known.set(topicId, { contribution, standings })
  return standings
}
