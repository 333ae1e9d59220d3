import type { DescMessage, Message } from '@bufbuild/protobuf'
import { MsgSendResponseSchema } from '@starling/protocol/gen/cosmos/bank/v1beta1/tx_pb'
import * as emissions from '@starling/protocol/gen/emissions/v10/tx_pb'
import * as mint from '@starling/protocol/gen/mint/v5/tx_pb'
import { RequestInferenceResponseSchema } from '@starling/protocol/gen/starling/v1/payments_pb'
import {
  CommitResponseSchema,
  RevealTruthResponseSchema,
  RevealWorkResponseSchema,
} from '@starling/protocol/gen/starling/v1/sealed_pb'
import { CreateTopicResponseSchema, SubmitTruthResponseSchema } from '@starling/protocol/gen/starling/v1/topics_pb'
import type { MessageTypes, MessageUrl } from '@starling/protocol/tx/messages'
import { register } from '../modules/actors/register.ts'
import { removeRegistration } from '../modules/actors/removeRegistration.ts'
import { transferOwnership } from '../modules/actors/transferOwnership.ts'
import { send } from '../modules/bank/send.ts'
import { insertWorkerPayload } from '../modules/epochs/insertWorkerPayload.ts'
import { commit } from '../modules/epochs/sealed/commit.ts'
import { revealWork } from '../modules/epochs/sealed/revealWork.ts'
import { mintNeeds } from '../modules/mint/needs.ts'
import { recalculateTargetEmission } from '../modules/mint/recalculate.ts'
import { updateParams as updateMintParams } from '../modules/mint/updateParams.ts'
import { updateParams } from '../modules/params/updateParams.ts'
import { fundTopic } from '../modules/payments/fundTopic.ts'
import { requestInference } from '../modules/payments/requestInference.ts'
import { addStake } from '../modules/stake/addStake.ts'
import { cancelRemoveDelegateStake } from '../modules/stake/cancelRemoveDelegateStake.ts'
import { cancelRemoveStake } from '../modules/stake/cancelRemoveStake.ts'
import { delegateStake } from '../modules/stake/delegateStake.ts'
import { removeDelegateStake } from '../modules/stake/removeDelegateStake.ts'
import { removeStake } from '../modules/stake/removeStake.ts'
import { rewardDelegateStake } from '../modules/stake/rewardDelegateStake.ts'
import { createNewTopic } from '../modules/topics/createNewTopic.ts'
import { createTopic } from '../modules/topics/createTopic.ts'
import { updateTopic } from '../modules/topics/updateTopic.ts'
import { revealTruth } from '../modules/truth/revealTruth.ts'
import { submitTruth } from '../modules/truth/submitTruth.ts'
import type { Context } from './context.ts'

/** What executes one kind of message: a transition, and the schema of the response that it returns. */
export type Handler<U extends MessageUrl> = {
  readonly response: DescMessage
  readonly run: (context: Context, message: MessageTypes[U]) => Message
}

/** The transition of each message. A new message is one row here and two in the protocol's registry. */
export const handlers: { readonly [U in MessageUrl]: Handler<U> } = {
  '/cosmos.bank.v1beta1.MsgSend': { response: MsgSendResponseSchema, run: send },
  '/emissions.v10.AddStakeRequest': { response: emissions.AddStakeResponseSchema, run: addStake },
  '/emissions.v10.CancelRemoveDelegateStakeRequest': {
    response: emissions.CancelRemoveDelegateStakeResponseSchema,
    run: cancelRemoveDelegateStake,
  },
  '/emissions.v10.CancelRemoveStakeRequest': {
    response: emissions.CancelRemoveStakeResponseSchema,
    run: cancelRemoveStake,
  },
  '/emissions.v10.CreateNewTopicRequest': { response: emissions.CreateNewTopicResponseSchema, run: createNewTopic },
  '/emissions.v10.DelegateStakeRequest': { response: emissions.DelegateStakeResponseSchema, run: delegateStake },
  '/emissions.v10.FundTopicRequest': { response: emissions.FundTopicResponseSchema, run: fundTopic },
  '/emissions.v10.InsertWorkerPayloadRequest': {
    response: emissions.InsertWorkerPayloadResponseSchema,
    run: insertWorkerPayload,
  },
  '/emissions.v10.RegisterRequest': { response: emissions.RegisterResponseSchema, run: register },
  '/emissions.v10.RemoveDelegateStakeRequest': {
    response: emissions.RemoveDelegateStakeResponseSchema,
    run: removeDelegateStake,
  },
  '/emissions.v10.RemoveRegistrationRequest': {
    response: emissions.RemoveRegistrationResponseSchema,
    run: removeRegistration,
  },
  '/emissions.v10.RemoveStakeRequest': { response: emissions.RemoveStakeResponseSchema, run: removeStake },
  '/emissions.v10.RewardDelegateStakeRequest': {
    response: emissions.RewardDelegateStakeResponseSchema,
    run: rewardDelegateStake,
  },
  '/emissions.v10.TransferActorOwnershipRequest': {
    response: emissions.TransferActorOwnershipResponseSchema,
    run: transferOwnership,
  },
  '/emissions.v10.UpdateParamsRequest': { response: emissions.UpdateParamsResponseSchema, run: updateParams },
  '/emissions.v10.UpdateTopicRequest': { response: emissions.UpdateTopicResponseSchema, run: updateTopic },
  '/mint.v5.RecalculateTargetEmissionRequest': {
    response: mint.RecalculateTargetEmissionResponseSchema,
    run: (context, message) => recalculateTargetEmission(context, message, mintNeeds),
  },
  '/mint.v5.UpdateParamsRequest': {
    response: mint.UpdateParamsResponseSchema,
    run: (context, message) => updateMintParams(context, message, mintNeeds),
  },
  '/starling.v1.CommitRequest': { response: CommitResponseSchema, run: commit },
  '/starling.v1.CreateTopicRequest': { response: CreateTopicResponseSchema, run: createTopic },
  '/starling.v1.RequestInferenceRequest': { response: RequestInferenceResponseSchema, run: requestInference },
  '/starling.v1.RevealTruthRequest': { response: RevealTruthResponseSchema, run: revealTruth },
  '/starling.v1.RevealWorkRequest': { response: RevealWorkResponseSchema, run: revealWork },
  '/starling.v1.SubmitTruthRequest': { response: SubmitTruthResponseSchema, run: submitTruth },
}
