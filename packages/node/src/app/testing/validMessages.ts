import { create, type MessageInitShape } from '@bufbuild/protobuf'
import { type ReflectMessage, reflect } from '@bufbuild/protobuf/reflect'
import { ParamsSchema } from '@starling/protocol/gen/emissions/v9/params_pb'
import { OptionalParamsSchema } from '@starling/protocol/gen/emissions/v10/tx_pb'
import type { MessageUrl, messageSchemas } from '@starling/protocol/tx/messages'
import { getMintParams } from '../../modules/mint/view.ts'
import { getParams } from '../../modules/params/view.ts'
import type { StateReader } from '../context.ts'
import { type SealedPlace, sealForecast, sealInference, sealTruth } from './sealedMessages.ts'
import { signBundle } from './signBundle.ts'
import type { TestActor } from './testChain.ts'
import { numberPolicy } from './testMessages.ts'

/** A good message of every kind, from one sender. */
export type ValidMessages = { readonly [U in MessageUrl]: MessageInitShape<(typeof messageSchemas)[U]> }

/** Where the messages are good: who sends, and which epochs are open. */
export type Scene = {
  readonly sender: TestActor
  /** Another reputer of topic 1. */
  readonly reputer: TestActor
  readonly workers: readonly TestActor[]
  /** Nonce whose worker window is open. */
  readonly nonce: bigint
  /** Nonce whose truth window is open. */
  readonly told: bigint
  /** Where commitments are taken, and where the sender's own wait to be revealed; topic 1, which refuses them, if absent. */
  readonly sealed?: { readonly toCommit: SealedPlace; readonly work: SealedPlace; readonly truth: SealedPlace }
}

/** Every parameter as it is now, spelled out. */
function allParams(state: StateReader): MessageInitShape<typeof OptionalParamsSchema> {
  const optional = create(OptionalParamsSchema)
  const target: ReflectMessage = reflect(OptionalParamsSchema, optional)
  const source = reflect(ParamsSchema, getParams(state))
  for (const field of OptionalParamsSchema.fields) {
    const from = ParamsSchema.fields.find(({ name }) => name === field.name)
    if (field.fieldKind === 'list' && from !== undefined) target.get(field).add(source.get(from) as never)
  }
  return optional
}

/** Good messages for a scene in which the sender is admin, creator of topics 1 and 2, worker, reputer and delegator. */
export function validMessages(state: StateReader, scene: Scene): ValidMessages {
  const { sender, reputer, workers, nonce, told } = scene
  const { address } = sender
  const own = { sender: address, topicId: 1n }
  const elements = workers.map((worker) => ({ inferer: worker.address, value: '-1.5' }))
  const bundle = {
    inference: {
      topicId: 1n,
      blockHeight: nonce,
      inferer: address,
      value: '20',
      extraData: Uint8Array.of(1),
      proof: 'p',
    },
    forecast: { topicId: 1n, blockHeight: nonce, forecaster: address, forecastElements: elements },
  }
  const create = { metadata: 'about', pNorm: '3', alphaRegret: '0.1', meritSortitionAlpha: '0.1' }
  return {
    '/cosmos.bank.v1beta1.MsgSend': {
      fromAddress: address,
      toAddress: reputer.address,
      amount: [{ denom: 'uallo', amount: '5' }],
    },
    '/emissions.v10.AddStakeRequest': { ...own, amount: '7' },
    '/emissions.v10.CancelRemoveDelegateStakeRequest': { ...own, delegator: address, reputer: reputer.address },
    '/emissions.v10.CancelRemoveStakeRequest': own,
    '/emissions.v10.CreateNewTopicRequest': { creator: address, metadata: 'x', lossMethod: 'mse', epochLength: 100n },
    '/emissions.v10.DelegateStakeRequest': { ...own, reputer: reputer.address, amount: '7' },
    '/emissions.v10.FundTopicRequest': { ...own, amount: '7' },
    '/emissions.v10.InsertWorkerPayloadRequest': {
      sender: address,
      workerDataBundle: {
        worker: address,
        nonce: { blockHeight: nonce },
        topicId: 1n,
        inferenceForecastsBundle: bundle,
        ...signBundle(sender, bundle),
      },
    },
    '/emissions.v10.RegisterRequest': { sender: address, topicId: 2n, owner: address },
    '/emissions.v10.RemoveDelegateStakeRequest': { ...own, reputer: reputer.address, amount: '7' },
    '/emissions.v10.RemoveRegistrationRequest': { ...own, isReputer: false },
    '/emissions.v10.RemoveStakeRequest': { ...own, amount: '7' },
    '/emissions.v10.RewardDelegateStakeRequest': { ...own, reputer: reputer.address },
    '/emissions.v10.TransferActorOwnershipRequest': { sender: address, newOwner: reputer.address },
    '/emissions.v10.UpdateParamsRequest': { sender: address, params: allParams(state) },
    '/emissions.v10.UpdateTopicRequest': { ...own, ...create, lossMethod: 'squared', cNorm: '0.75' },
    '/mint.v5.RecalculateTargetEmissionRequest': { sender: address },
    '/mint.v5.UpdateParamsRequest': {
      sender: address,
      params: getMintParams(state),
      recalculateTargetEmission: true,
      blocksPerMonth: getParams(state).blocksPerMonth,
    },
    '/starling.v1.CreateTopicRequest': {
      creator: address,
      name: 'wind',
      ...create,
      epochLength: 5n,
      groundTruthLag: 5n,
      workerSubmissionWindow: 3n,
      policy: { ...numberPolicy, truth: 'attested', submissions: 'plain', memory: 100n, minStake: '5' },
    },
    '/starling.v1.RequestInferenceRequest': { ...own, pay: '7', maxAge: 1000n, reference: 'order 7' },
    '/starling.v1.SubmitTruthRequest': {
      ...own,
      nonce: told,
      value: '20',
      source: 'thermometer',
      observedAt: '2024-08-09T10:21:05Z',
    },
    ...validSealed(scene, elements),
  }
}

type SealedUrl = '/starling.v1.CommitRequest' | '/starling.v1.RevealTruthRequest' | '/starling.v1.RevealWorkRequest'

/** A commitment to an inference of 20, and the reveals of an inference, a forecast and a truth of 20. */
function validSealed(
  { sender, nonce, told, sealed }: Scene,
  elements: readonly { readonly inferer: string; readonly value: string }[],
): Pick<ValidMessages, SealedUrl> {
  const { toCommit, work, truth } = sealed ?? {
    toCommit: { topicId: 1n, nonce },
    work: { topicId: 1n, nonce },
    truth: { topicId: 1n, nonce: told },
  }
  const inference = sealInference(sender, work, '20').reveal.value
  const forecast = sealForecast(sender, work, elements).reveal.value
  return {
    '/starling.v1.CommitRequest': sealInference(sender, toCommit, '20').commit.value,
    '/starling.v1.RevealTruthRequest': sealTruth(sender, truth, '20').reveal.value,
    '/starling.v1.RevealWorkRequest': { ...inference, ...forecast },
  }
}
