import {
  EventInsertForecasterPayloadSchema,
  EventInsertInfererPayloadSchema,
} from '@starling/protocol/gen/emissions/v10/events_pb'
import type { InputForecast, InputInference } from '@starling/protocol/gen/emissions/v10/types_pb'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import type { ForecastElement } from '@starling/protocol/scoring/types'
import type { Context } from '../../app/context.ts'
import { typedEvent } from '../../app/typedEvent.ts'

/** Says that an inference came in. */
export function announceInference({ emit }: Context, input: InputInference): void {
  const { inferer, blockHeight: nonce, topicId, value, values, extraData } = input
  emit(typedEvent(EventInsertInfererPayloadSchema, { inferer, nonce, topicId, value, values, extraData }))
}

/** Says that a forecast came in, with the elements that are kept. */
export function announceForecast(
  { emit }: Context,
  { forecaster, blockHeight: nonce, topicId, extraData }: InputForecast,
  elements: readonly ForecastElement[],
): void {
  emit(
    typedEvent(EventInsertForecasterPayloadSchema, {
      forecaster,
      nonce,
      topicId,
      infererAddresses: elements.map(({ inferer }) => inferer),
      infererValues: elements.map(({ value }) => formatDecimal(value)),
      extraData,
    }),
  )
}
