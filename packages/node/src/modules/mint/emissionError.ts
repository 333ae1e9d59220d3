import type { ProtocolError } from '@starling/protocol/errors'
import type { EmissionFault } from '@starling/protocol/modules/mint/computeEmission'
import { mintError } from '@starling/protocol/modules/mint/errors'

/** The refusal of a message that asks for an emission which has no value. */
export function emissionError(fault: EmissionFault): ProtocolError {
  return fault.fault === 'ZERO_DENOMINATOR'
    ? mintError('ZERO_DENOMINATOR', { what: fault.what })
    : mintError('NEGATIVE_CIRCULATING_SUPPLY', { supply: fault.supply })
}
