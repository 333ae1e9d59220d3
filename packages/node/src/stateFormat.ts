import { createHash } from 'node:crypto'
import { type DescFile, toBinary } from '@bufbuild/protobuf'
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt'
import { file_cosmos_auth_v1beta1_auth } from '@starling/protocol/gen/cosmos/auth/v1beta1/auth_pb'
import { file_emissions_v3_types } from '@starling/protocol/gen/emissions/v3/types_pb'
import { file_emissions_v9_params } from '@starling/protocol/gen/emissions/v9/params_pb'
import { file_emissions_v10_types } from '@starling/protocol/gen/emissions/v10/types_pb'
import { file_mint_v5_types } from '@starling/protocol/gen/mint/v5/types_pb'
import { file_starling_v1_epochs } from '@starling/protocol/gen/starling/v1/epochs_pb'
import { file_starling_v1_fees } from '@starling/protocol/gen/starling/v1/fees_pb'
import { file_starling_v1_payments } from '@starling/protocol/gen/starling/v1/payments_pb'
import { file_starling_v1_scoring } from '@starling/protocol/gen/starling/v1/scoring_pb'
import { file_starling_v1_sealed } from '@starling/protocol/gen/starling/v1/sealed_pb'
import { file_starling_v1_topics } from '@starling/protocol/gen/starling/v1/topics_pb'
import { file_starling_v1_verified } from '@starling/protocol/gen/starling/v1/verified_pb'

/** Counts up where the keys or the meaning of records change, which their fields do not show. */
const FORMAT_VERSION = 4

/** Where the records of the state are defined. */
const files: readonly DescFile[] = [
  file_cosmos_auth_v1beta1_auth,
  file_emissions_v3_types,
  file_emissions_v9_params,
  file_emissions_v10_types,
  file_mint_v5_types,
  file_starling_v1_epochs,
  file_starling_v1_fees,
  file_starling_v1_payments,
  file_starling_v1_scoring,
  file_starling_v1_sealed,
  file_starling_v1_topics,
  file_starling_v1_verified,
]

/**
 * What tells a state directory of this release from one of another: a number, and a digest of the fields of all records,
 * so that a release which adds one never takes a record without it for its own.
 */
export const stateFormat: string = formatOf(files)

/** The format of a state whose records are defined in these files. */
export function formatOf(given: readonly DescFile[]): string {
  const digest = createHash('sha256')
  for (const { proto } of given) digest.update(toBinary(FileDescriptorProtoSchema, proto))
  return `${FORMAT_VERSION}-${digest.digest('hex').slice(0, 8)}`
}
