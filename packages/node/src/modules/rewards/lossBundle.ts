import { create } from '@bufbuild/protobuf'
import { type ValueBundle, ValueBundleSchema } from '@starling/protocol/gen/emissions/v3/types_pb'
import type { Attributed, EpochRecord, OneOutLoss } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { QueryError } from '../../app/queryError.ts'

/**
 * The losses of a settled epoch in the reference's shape, on the scale of regrets: log10 of the attested loss and its
 * floor. They are computed from the attested truth, so that they are no reputer's. SPEC VT-4
 */
export function lossBundle({ topicId, nonce, status, reason, logLosses }: EpochRecord): ValueBundle {
  if (logLosses === undefined) {
    throw new QueryError('NOT_FOUND', `epoch ${nonce} of topic ${topicId} has no losses: it is ${status}, ${reason}`)
  }
  return create(ValueBundleSchema, {
    topicId,
    reputerRequestNonce: { reputerNonce: { blockHeight: nonce } },
    combinedValue: formatDecimal(logLosses.combined),
    naiveValue: formatDecimal(logLosses.naive),
    infererValues: attributed(logLosses.inferers),
    forecasterValues: attributed(logLosses.forecasters),
    oneOutInfererValues: attributed(logLosses.oneOutInferers),
    oneOutForecasterValues: attributed(logLosses.oneOutForecasters),
    oneInForecasterValues: attributed(logLosses.oneInForecasters),
    oneOutInfererForecasterValues: matrix(logLosses.oneOutInfererForecasters),
  })
}

function attributed(losses: readonly Attributed[]): { worker: string; value: string }[] {
  return losses.map(({ address, value }) => ({ worker: address, value: formatDecimal(value) }))
}

type Row = { forecaster: string; oneOutInfererValues: { worker: string; value: string }[] }

/** Cells by forecaster; those of one forecaster stand together in the record. */
function matrix(cells: readonly OneOutLoss[]): Row[] {
  const rows: Row[] = []
  for (const { forecaster, withheldInferer, loss } of cells) {
    const value = { worker: withheldInferer, value: formatDecimal(loss) }
    const row = rows.at(-1)
    if (row?.forecaster === forecaster) row.oneOutInfererValues.push(value)
    else rows.push({ forecaster, oneOutInfererValues: [value] })
  }
  return rows
}
