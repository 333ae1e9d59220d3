import { create } from '@bufbuild/protobuf'
import {
  type LabeledValue,
  LabeledValueSchema,
  type NetworkInferenceBundle,
  NetworkInferenceBundleSchema,
} from '@starling/protocol/gen/emissions/v10/types_pb'
import { outputNamesOf } from '@starling/protocol/modules/epochs/readInference'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import type { TopicPolicy, Values } from '@starling/protocol/scoring/types'
import type { PublishedNetwork } from './findNetwork.ts'

type Epoch = { readonly topicId: bigint; readonly nonce: bigint }

/** Network values in the reference's shape; a topic with one output calls it "y". SPEC wire 1.3 */
export function networkBundle(
  policy: TopicPolicy,
  { topicId, nonce }: Epoch,
  network: PublishedNetwork,
): NetworkInferenceBundle {
  const names = outputNamesOf(policy)
  const labelled = (values: Values): LabeledValue[] =>
    values.map((value, i) =>
      create(LabeledValueSchema, { labelId: i + 1, labelName: names[i] ?? 'y', value: formatDecimal(value) }),
    )
  return create(NetworkInferenceBundleSchema, {
    topicId,
    nonce,
    combinedValue: labelled(network.combined),
    naiveValue: labelled(network.naive),
    infererValues: network.inferers.map(({ worker, values }) => ({ worker, values: labelled(values) })),
    forecasterValues: network.forecasters.map(({ worker, values }) => ({ worker, values: labelled(values) })),
    oneOutInfererValues: network.oneOutInferers.map(({ worker, values }) => ({
      withheldInferer: worker,
      combinedInference: labelled(values),
    })),
    oneOutForecasterValues: network.oneOutForecasters.map(({ worker, values }) => ({
      withheldForecaster: worker,
      combinedInference: labelled(values),
    })),
    oneInForecasterValues: network.oneInForecasters.map(({ worker, values }) => ({
      forecaster: worker,
      combinedInference: labelled(values),
    })),
    oneOutInfererForecasterValues: network.oneOutInfererForecasters.map(({ forecaster, withheldInferer, values }) => ({
      forecaster,
      withheldInferer,
      combinedInference: labelled(values),
    })),
  })
}
