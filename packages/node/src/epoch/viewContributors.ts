import { create, type MessageInitShape } from '@bufbuild/protobuf'
import {
  type ContributorSchema,
  type GetContributorsResponse,
  GetContributorsResponseSchema,
} from '@starling/protocol/gen/starling/v1/query_pb'
import { FEWEST_DIFFERENCES } from '@starling/protocol/scoring/contribution/skillOf'
import type { Standing } from '@starling/protocol/scoring/contribution/standingsOf'
import type { StateReader } from '../app/context.ts'
import { getEpochCounts } from '../modules/rewards/view.ts'
import { readStandings } from './readStandings.ts'

/** A page of those whom contribution pay knows: `limit` counts addresses, so that both roles of one stand on one page. */
export function viewContributors(
  state: StateReader,
  topicId: bigint,
  { after, limit }: { readonly after: string; readonly limit: number },
): GetContributorsResponse {
  const standings = readStandings(state, topicId).filter(({ worker }) => worker > after)
  const firsts = standings.filter(({ worker }, i) => worker !== standings[i - 1]?.worker)
  const last = firsts[limit - 1]?.worker
  const page = last === undefined ? standings : standings.filter(({ worker }) => worker <= last)
  return create(GetContributorsResponseSchema, {
    nonce: getEpochCounts(state, topicId).lastSettled,
    contributors: page.map(viewStanding),
    needed: FEWEST_DIFFERENCES,
  })
}

/** One standing as clients read it. */
export function viewStanding(standing: Standing): MessageInitShape<typeof ContributorSchema> {
  const { worker, role, skill, weight, share, present, absent, missed } = standing
  const epochs = present + absent + missed
  return {
    ...{ address: worker, role, skill, weight, share, epochs, present, absent, missed },
    uptime: epochs === 0 ? 0 : present / epochs,
  }
}
