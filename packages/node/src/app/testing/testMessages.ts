import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import type { TestActor } from './testChain.ts'

/** Policy of a topic that asks for a number, as a request carries it. */
export const numberPolicy = {
  loss: 'squared',
  domainLowest: '-1000',
  domainHighest: '1000',
  tolerance: '0.5',
  minReputers: 2n,
  unit: 'degrees',
  horizon: 'next epoch',
  resolution: 'what the thermometer shows',
} as const

/** The rules of the reference instead of the best that is built. */
export const referenceRules = { pay: 'reference', synthesis: 'regret', intervals: 'spread' } as const

type Of<U extends MessageToSend['typeUrl']> = Extract<MessageToSend, { readonly typeUrl: U }>['value']

/** Messages that tests send, with fields that do not matter filled in. */
export const messages = {
  createTopic: (
    { address }: TestActor,
    replaced: Partial<Of<'/starling.v1.CreateTopicRequest'>> = {},
  ): MessageToSend => ({
    typeUrl: '/starling.v1.CreateTopicRequest',
    value: {
      creator: address,
      name: 'temperature',
      epochLength: 5n,
      groundTruthLag: 5n,
      workerSubmissionWindow: 3n,
      policy: numberPolicy,
      ...(replaced as object),
    },
  }),
  fund: ({ address }: TestActor, topicId: bigint, amount: bigint): MessageToSend => ({
    typeUrl: '/emissions.v10.FundTopicRequest',
    value: { sender: address, topicId, amount: amount.toString() },
  }),
  request: (
    { address }: TestActor,
    topicId: bigint,
    pay: bigint,
    { maxAge = 1000n, reference = '' }: { readonly maxAge?: bigint; readonly reference?: string } = {},
  ): MessageToSend => ({
    typeUrl: '/starling.v1.RequestInferenceRequest',
    value: { sender: address, topicId, pay: pay.toString(), maxAge, reference },
  }),
  register: ({ address }: TestActor, topicId: bigint, isReputer = false): MessageToSend => ({
    typeUrl: '/emissions.v10.RegisterRequest',
    value: { sender: address, topicId, owner: address, isReputer },
  }),
  addStake: ({ address }: TestActor, topicId: bigint, amount: bigint): MessageToSend => ({
    typeUrl: '/emissions.v10.AddStakeRequest',
    value: { sender: address, topicId, amount: amount.toString() },
  }),
  infer: ({ address }: TestActor, topicId: bigint, nonce: bigint, value: string): MessageToSend => ({
    typeUrl: '/emissions.v10.InsertWorkerPayloadRequest',
    value: {
      sender: address,
      workerDataBundle: {
        worker: address,
        nonce: { blockHeight: nonce },
        topicId,
        inferenceForecastsBundle: { inference: { topicId, blockHeight: nonce, inferer: address, value } },
      },
    },
  }),
  forecast: (
    { address }: TestActor,
    topicId: bigint,
    nonce: bigint,
    elements: readonly { readonly inferer: string; readonly value: string }[],
  ): MessageToSend => ({
    typeUrl: '/emissions.v10.InsertWorkerPayloadRequest',
    value: {
      sender: address,
      workerDataBundle: {
        worker: address,
        nonce: { blockHeight: nonce },
        topicId,
        inferenceForecastsBundle: {
          forecast: { topicId, blockHeight: nonce, forecaster: address, forecastElements: [...elements] },
        },
      },
    },
  }),
  truth: ({ address }: TestActor, topicId: bigint, nonce: bigint, value: string): MessageToSend => ({
    typeUrl: '/starling.v1.SubmitTruthRequest',
    value: { sender: address, topicId, nonce, value, source: 'thermometer', observedAt: '2024-08-09' },
  }),
  truthLabel: ({ address }: TestActor, topicId: bigint, nonce: bigint, label: string): MessageToSend => ({
    typeUrl: '/starling.v1.SubmitTruthRequest',
    value: { sender: address, topicId, nonce, label, source: 'thermometer', observedAt: '2024-08-09' },
  }),
  inferLabels: (
    { address }: TestActor,
    topicId: bigint,
    nonce: bigint,
    values: Readonly<Record<string, string>>,
  ): MessageToSend => ({
    typeUrl: '/emissions.v10.InsertWorkerPayloadRequest',
    value: {
      sender: address,
      workerDataBundle: {
        worker: address,
        nonce: { blockHeight: nonce },
        topicId,
        inferenceForecastsBundle: {
          inference: {
            topicId,
            blockHeight: nonce,
            inferer: address,
            values: Object.entries(values).map(([label, value]) => ({ label, value })),
          },
        },
      },
    },
  }),
  unregister: ({ address }: TestActor, topicId: bigint, isReputer = false): MessageToSend => ({
    typeUrl: '/emissions.v10.RemoveRegistrationRequest',
    value: { sender: address, topicId, isReputer },
  }),
  transferOwner: ({ address }: TestActor, newOwner: string, isReputer = false): MessageToSend => ({
    typeUrl: '/emissions.v10.TransferActorOwnershipRequest',
    value: { sender: address, newOwner, isReputer },
  }),
  removeStake: ({ address }: TestActor, topicId: bigint, amount: bigint): MessageToSend => ({
    typeUrl: '/emissions.v10.RemoveStakeRequest',
    value: { sender: address, topicId, amount: amount.toString() },
  }),
  cancelRemoval: ({ address }: TestActor, topicId: bigint): MessageToSend => ({
    typeUrl: '/emissions.v10.CancelRemoveStakeRequest',
    value: { sender: address, topicId },
  }),
  delegate: ({ address }: TestActor, topicId: bigint, reputer: TestActor, amount: bigint): MessageToSend => ({
    typeUrl: '/emissions.v10.DelegateStakeRequest',
    value: { sender: address, topicId, reputer: reputer.address, amount: amount.toString() },
  }),
  removeDelegation: ({ address }: TestActor, topicId: bigint, reputer: TestActor, amount: bigint): MessageToSend => ({
    typeUrl: '/emissions.v10.RemoveDelegateStakeRequest',
    value: { sender: address, topicId, reputer: reputer.address, amount: amount.toString() },
  }),
  cancelDelegateRemoval: ({ address }: TestActor, topicId: bigint, reputer: TestActor): MessageToSend => ({
    typeUrl: '/emissions.v10.CancelRemoveDelegateStakeRequest',
    value: { sender: address, topicId, delegator: address, reputer: reputer.address },
  }),
  claim: ({ address }: TestActor, topicId: bigint, reputer: TestActor): MessageToSend => ({
    typeUrl: '/emissions.v10.RewardDelegateStakeRequest',
    value: { sender: address, topicId, reputer: reputer.address },
  }),
  updateParams: (
    { address }: TestActor,
    params: Of<'/emissions.v10.UpdateParamsRequest'>['params'],
  ): MessageToSend => ({
    typeUrl: '/emissions.v10.UpdateParamsRequest',
    value: { sender: address, ...(params === undefined ? {} : { params }) },
  }),
  updateTopic: (
    { address }: TestActor,
    topicId: bigint,
    replaced: Partial<Of<'/emissions.v10.UpdateTopicRequest'>> = {},
  ): MessageToSend => ({
    typeUrl: '/emissions.v10.UpdateTopicRequest',
    value: { sender: address, topicId, ...(replaced as object) },
  }),
}
