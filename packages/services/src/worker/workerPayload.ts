import { exp } from '@starling/protocol/num/exp'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { toRegretScale } from '@starling/protocol/scoring/losses/toRegretScale'
import type { LossMethod } from '@starling/protocol/scoring/types'
import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import type { TopicFacts } from '../shared/readTopic.ts'
import type { ForecastElement } from './readForecast.ts'

/** What a worker submits for an epoch; at least one of the two. */
export type Contribution = {
  readonly values: readonly number[] | null
  readonly elements: readonly ForecastElement[] | null
}

/** The message that carries a contribution. The worker is the sender, so there is nothing to sign inside. */
export function workerPayload(
  facts: TopicFacts,
  nonce: bigint,
  worker: string,
  contribution: Contribution,
): MessageToSend {
  const place = { topicId: facts.id, blockHeight: nonce }
  const { inference, forecast } = wireParts(facts, contribution)
  return {
    typeUrl: '/emissions.v10.InsertWorkerPayloadRequest',
    value: {
      sender: worker,
      workerDataBundle: {
        worker,
        nonce: { blockHeight: nonce },
        topicId: facts.id,
        inferenceForecastsBundle: {
          ...(inference === undefined ? {} : { inference: { ...place, inferer: worker, ...inference } }),
          ...(forecast === undefined ? {} : { forecast: { ...place, forecaster: worker, ...forecast } }),
        },
      },
    },
  }
}

/** A contribution as the wire has it, without whose it is and for when. */
export function wireParts(facts: TopicFacts, { values, elements }: Contribution): WireParts {
  const forecastElements = (elements ?? []).map(({ inferer, value }) => ({
    inferer,
    value: formatDecimal(onRegretScale(value, facts.policy.loss)),
  }))
  return {
    ...(values === null ? {} : { inference: wireValues(facts, values) }),
    ...(elements === null ? {} : { forecast: { forecastElements } }),
  }
}

type WireParts = {
  readonly inference?: WireValues
  readonly forecast?: { readonly forecastElements: { readonly inferer: string; readonly value: string }[] }
}

/** A model forecasts log10 of the loss itself; on the wire the loss stands on the scale of regrets. SPEC VT-4 */
function onRegretScale(log10Loss: number, loss: LossMethod): number {
  const value = exp(log10Loss * Math.LN10)
  return toRegretScale(Math.min(value, Number.MAX_VALUE), loss)
}

type WireValues = { readonly value: string } | { readonly values: { readonly label: string; readonly value: string }[] }

function wireValues({ outputs }: TopicFacts, values: readonly number[]): WireValues {
  const texts = values.map(formatDecimal)
  if (outputs.length === 0) return { value: texts[0] ?? '' }
  return { values: outputs.map((label, i) => ({ label, value: texts[i] ?? '' })) }
}
