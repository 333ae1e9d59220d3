import type { InputForecast } from '@starling/protocol/gen/emissions/v10/types_pb'
import { readForecast } from '@starling/protocol/modules/epochs/readForecast'
import { readDecimal } from '@starling/protocol/num/readDecimal'
import type { ForecastElement } from '@starling/protocol/scoring/types'
import type { StateReader } from '../../app/context.ts'
import { isRegistered } from '../actors/view.ts'
import { getParams } from '../params/view.ts'
import type { StoredTopic } from '../topics/view.ts'
import { getInitialMerit, getMerit } from './view.ts'

/** The elements of a forecast that are kept, as many as the parameters allow. SPEC lifecycle 1.8 step 7 */
export function readElements(
  state: StateReader,
  { id }: StoredTopic,
  input: InputForecast,
): readonly ForecastElement[] {
  return readForecast(input, (inferer) => meritOf(state, id, inferer), Number(getParams(state).maxElementsPerForecast))
}

/** An inferer's merit; undefined for somebody who is no worker of the topic. */
function meritOf(state: StateReader, topicId: bigint, inferer: string): number | undefined {
  if (!isRegistered(state, 'worker', topicId, inferer)) return undefined
  const merit = getMerit(state, 'inferer', topicId, inferer)
  return merit === undefined ? getInitialMerit(state, 'inferer', topicId) : readDecimal(merit.score)
}
