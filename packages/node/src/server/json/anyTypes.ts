import type { DescMessage } from '@bufbuild/protobuf'
import { BaseAccountSchema } from '@starling/protocol/gen/cosmos/auth/v1beta1/auth_pb'
import { PubKeySchema } from '@starling/protocol/gen/cosmos/crypto/secp256k1/keys_pb'
import { TxSchema } from '@starling/protocol/gen/cosmos/tx/v1beta1/tx_pb'
import { messageSchemas } from '@starling/protocol/tx/messages'
import { handlers } from '../../app/handlers.ts'

/** Schemas of what a `google.protobuf.Any` in an answer may hold, by type name. */
export const anyTypes: ReadonlyMap<string, DescMessage> = new Map(
  [
    BaseAccountSchema,
    PubKeySchema,
    TxSchema,
    ...Object.values(messageSchemas),
    ...Object.values(handlers).map(({ response }) => response),
  ].map((schema) => [schema.typeName, schema]),
)
