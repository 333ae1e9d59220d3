import { formatDecimal } from '@starling/protocol/num/formatDecimal'
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
  { values, elements }: Contribution,
): MessageToSend {
  const place = { topicId: facts.id, blockHeight: nonce }
  const forecastElements = (elements ?? []).map(({ inferer, value }) => ({ inferer, value: formatDecimal(value) }))
  return {
    typeUrl: '/emissions.v10.InsertWorkerPayloadRequest',
    value: {
      sender: worker,
      workerDataBundle: {
        worker,
        nonce: { blockHeight: nonce },
        topicId: facts.id,
        inferenceForecastsBundle: {
          ...(values === null ? {} : { inference: { ...place, inferer: worker, ...wireValues(facts, values) } }),
          ...(elements === null ? {} : { forecast: { ...place, forecaster: worker, forecastElements } }),
        },
      },
    },
  }
}

type WireValues = { readonly value: string } | { readonly values: { readonly label: string; readonly value: string }[] }

function wireValues({ outputs }: TopicFacts, values: readonly number[]): WireValues {
  const texts = values.map(formatDecimal)
  if (outputs.length === 0) return { value: texts[0] ?? '' }
  return { values: outputs.map((label, i) => ({ label, value: texts[i] ?? '' })) }
}
