import type { DescMessage } from '@bufbuild/protobuf'
import type { GenMessage } from '@bufbuild/protobuf/codegenv2'
import { decodeCanonical } from '../codec/decodeCanonical.ts'
import type { FieldBudget } from '../codec/scanMessage.ts'
import { type MsgSend, MsgSendSchema } from '../gen/cosmos/bank/v1beta1/tx_pb.ts'
import {
  type AddStakeRequest,
  AddStakeRequestSchema,
  type CancelRemoveDelegateStakeRequest,
  CancelRemoveDelegateStakeRequestSchema,
  type CancelRemoveStakeRequest,
  CancelRemoveStakeRequestSchema,
  type CreateNewTopicRequest,
  CreateNewTopicRequestSchema,
  type DelegateStakeRequest,
  DelegateStakeRequestSchema,
  type FundTopicRequest,
  FundTopicRequestSchema,
  type InsertWorkerPayloadRequest,
  InsertWorkerPayloadRequestSchema,
  type RegisterRequest,
  RegisterRequestSchema,
  type RemoveDelegateStakeRequest,
  RemoveDelegateStakeRequestSchema,
  type RemoveRegistrationRequest,
  RemoveRegistrationRequestSchema,
  type RemoveStakeRequest,
  RemoveStakeRequestSchema,
  type RewardDelegateStakeRequest,
  RewardDelegateStakeRequestSchema,
  type TransferActorOwnershipRequest,
  TransferActorOwnershipRequestSchema,
  type UpdateParamsRequest,
  UpdateParamsRequestSchema,
  type UpdateTopicRequest,
  UpdateTopicRequestSchema,
} from '../gen/emissions/v10/tx_pb.ts'
import {
  type UpdateParamsRequest as MintUpdateParamsRequest,
  UpdateParamsRequestSchema as MintUpdateParamsRequestSchema,
  type RecalculateTargetEmissionRequest,
  RecalculateTargetEmissionRequestSchema,
} from '../gen/mint/v5/tx_pb.ts'
import { type RequestInferenceRequest, RequestInferenceRequestSchema } from '../gen/starling/v1/payments_pb.ts'
import {
  type CommitRequest,
  CommitRequestSchema,
  type RevealTruthRequest,
  RevealTruthRequestSchema,
  type RevealWorkRequest,
  RevealWorkRequestSchema,
} from '../gen/starling/v1/sealed_pb.ts'
import {
  type CreateTopicRequest,
  CreateTopicRequestSchema,
  type SubmitTruthRequest,
  SubmitTruthRequestSchema,
} from '../gen/starling/v1/topics_pb.ts'
import { txError } from './errors.ts'

/** Every message a transaction may carry, by its type URL. A new message is one row here, one below and one handler. */
export type MessageTypes = {
  readonly '/cosmos.bank.v1beta1.MsgSend': MsgSend
  readonly '/emissions.v10.AddStakeRequest': AddStakeRequest
  readonly '/emissions.v10.CancelRemoveDelegateStakeRequest': CancelRemoveDelegateStakeRequest
  readonly '/emissions.v10.CancelRemoveStakeRequest': CancelRemoveStakeRequest
  readonly '/emissions.v10.CreateNewTopicRequest': CreateNewTopicRequest
  readonly '/emissions.v10.DelegateStakeRequest': DelegateStakeRequest
  readonly '/emissions.v10.FundTopicRequest': FundTopicRequest
  readonly '/emissions.v10.InsertWorkerPayloadRequest': InsertWorkerPayloadRequest
  readonly '/emissions.v10.RegisterRequest': RegisterRequest
  readonly '/emissions.v10.RemoveDelegateStakeRequest': RemoveDelegateStakeRequest
  readonly '/emissions.v10.RemoveRegistrationRequest': RemoveRegistrationRequest
  readonly '/emissions.v10.RemoveStakeRequest': RemoveStakeRequest
  readonly '/emissions.v10.RewardDelegateStakeRequest': RewardDelegateStakeRequest
  readonly '/emissions.v10.TransferActorOwnershipRequest': TransferActorOwnershipRequest
  readonly '/emissions.v10.UpdateParamsRequest': UpdateParamsRequest
  readonly '/emissions.v10.UpdateTopicRequest': UpdateTopicRequest
  readonly '/mint.v5.RecalculateTargetEmissionRequest': RecalculateTargetEmissionRequest
  readonly '/mint.v5.UpdateParamsRequest': MintUpdateParamsRequest
  readonly '/starling.v1.CommitRequest': CommitRequest
  readonly '/starling.v1.CreateTopicRequest': CreateTopicRequest
  readonly '/starling.v1.RequestInferenceRequest': RequestInferenceRequest
  readonly '/starling.v1.RevealTruthRequest': RevealTruthRequest
  readonly '/starling.v1.RevealWorkRequest': RevealWorkRequest
  readonly '/starling.v1.SubmitTruthRequest': SubmitTruthRequest
}

/** The schema of each message. */
export const messageSchemas: { readonly [U in keyof MessageTypes]: GenMessage<MessageTypes[U]> } = {
  '/cosmos.bank.v1beta1.MsgSend': MsgSendSchema,
  '/emissions.v10.AddStakeRequest': AddStakeRequestSchema,
  '/emissions.v10.CancelRemoveDelegateStakeRequest': CancelRemoveDelegateStakeRequestSchema,
  '/emissions.v10.CancelRemoveStakeRequest': CancelRemoveStakeRequestSchema,
  '/emissions.v10.CreateNewTopicRequest': CreateNewTopicRequestSchema,
  '/emissions.v10.DelegateStakeRequest': DelegateStakeRequestSchema,
  '/emissions.v10.FundTopicRequest': FundTopicRequestSchema,
  '/emissions.v10.InsertWorkerPayloadRequest': InsertWorkerPayloadRequestSchema,
  '/emissions.v10.RegisterRequest': RegisterRequestSchema,
  '/emissions.v10.RemoveDelegateStakeRequest': RemoveDelegateStakeRequestSchema,
  '/emissions.v10.RemoveRegistrationRequest': RemoveRegistrationRequestSchema,
  '/emissions.v10.RemoveStakeRequest': RemoveStakeRequestSchema,
  '/emissions.v10.RewardDelegateStakeRequest': RewardDelegateStakeRequestSchema,
  '/emissions.v10.TransferActorOwnershipRequest': TransferActorOwnershipRequestSchema,
  '/emissions.v10.UpdateParamsRequest': UpdateParamsRequestSchema,
  '/emissions.v10.UpdateTopicRequest': UpdateTopicRequestSchema,
  '/mint.v5.RecalculateTargetEmissionRequest': RecalculateTargetEmissionRequestSchema,
  '/mint.v5.UpdateParamsRequest': MintUpdateParamsRequestSchema,
  '/starling.v1.CommitRequest': CommitRequestSchema,
  '/starling.v1.CreateTopicRequest': CreateTopicRequestSchema,
  '/starling.v1.RequestInferenceRequest': RequestInferenceRequestSchema,
  '/starling.v1.RevealTruthRequest': RevealTruthRequestSchema,
  '/starling.v1.RevealWorkRequest': RevealWorkRequestSchema,
  '/starling.v1.SubmitTruthRequest': SubmitTruthRequestSchema,
}

/** A type URL the protocol knows. */
export type MessageUrl = keyof MessageTypes

/** A decoded message with its type URL: switch on `typeUrl` to narrow `value`. */
export type ProtocolMessage = {
  [U in MessageUrl]: { readonly typeUrl: U; readonly value: MessageTypes[U] }
}[MessageUrl]

/** True where the type URL names a message of the protocol. */
export function isMessageUrl(typeUrl: string): typeUrl is MessageUrl {
  return Object.hasOwn(messageSchemas, typeUrl)
}

/** Decodes one message of a transaction, out of the transaction's budget; refuses unknown types and non-canonical bytes. */
export function decodeMessage(typeUrl: string, bytes: Uint8Array, budget?: FieldBudget): ProtocolMessage {
  if (!isMessageUrl(typeUrl)) throw txError('UNKNOWN_MESSAGE', { typeUrl })
  const schema: DescMessage = messageSchemas[typeUrl]
  // The registry pairs each URL with its schema; TypeScript cannot follow a union through a lookup.
  return { typeUrl, value: decodeCanonical(schema, bytes, budget) } as ProtocolMessage
}

/** Account that must sign the message: `creator`, `from_address` or `sender`. */
export function signerOf(message: ProtocolMessage): string {
  switch (message.typeUrl) {
    case '/cosmos.bank.v1beta1.MsgSend':
      return message.value.fromAddress
    case '/emissions.v10.CreateNewTopicRequest':
    case '/starling.v1.CreateTopicRequest':
      return message.value.creator
    default:
      return message.value.sender
  }
}
