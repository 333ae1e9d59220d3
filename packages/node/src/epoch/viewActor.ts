import { create } from '@bufbuild/protobuf'
import { type GetActorResponse, GetActorResponseSchema } from '@starling/protocol/gen/starling/v1/query_pb'
import { readDecimal } from '@starling/protocol/num/readDecimal'
import type { StateReader } from '../app/context.ts'
import { getNode, isRegistered } from '../modules/actors/view.ts'
import { getMerit } from '../modules/epochs/view.ts'
import { getEligible } from '../modules/stake/eligible.ts'
import { getAuthority, getDelegatedUpon } from '../modules/stake/view.ts'
import { readStandings } from './readStandings.ts'
import { viewStanding } from './viewContributors.ts'

/** Who somebody is in a topic. */
export function viewActor(state: StateReader, topicId: bigint, address: string): GetActorResponse {
  const scoreOf = (role: 'inferer' | 'forecaster' | 'reputer'): number | undefined => {
    const merit = getMerit(state, role, topicId, address)
    return merit === undefined ? undefined : readDecimal(merit.score)
  }
  const [infererScore, forecasterScore, reputerScore] = [scoreOf('inferer'), scoreOf('forecaster'), scoreOf('reputer')]
  const standings = readStandings(state, topicId).filter(({ worker }) => worker === address)
  const [inferer, forecaster] = (['inferer', 'forecaster'] as const).map((role) =>
    standings.find((one) => one.role === role),
  )
  return create(GetActorResponseSchema, {
    worker: isRegistered(state, 'worker', topicId, address),
    reputer: isRegistered(state, 'reputer', topicId, address),
    workerOwner: getNode(state, 'worker', address)?.owner ?? '',
    reputerOwner: getNode(state, 'reputer', address)?.owner ?? '',
    stake: getAuthority(state, topicId, address).toString(),
    delegated: getDelegatedUpon(state, topicId, address).toString(),
    eligible: getEligible(state, topicId, address).toString(),
    ...(infererScore === undefined ? {} : { infererScore }),
    ...(forecasterScore === undefined ? {} : { forecasterScore }),
    ...(reputerScore === undefined ? {} : { reputerScore }),
    ...(inferer === undefined ? {} : { inferer: viewStanding(inferer) }),
    ...(forecaster === undefined ? {} : { forecaster: viewStanding(forecaster) }),
  })
}
