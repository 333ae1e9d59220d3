import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import { describe, expect, it } from 'vitest'
import { attest, openTestTopic, predict, send } from '../../app/testing/openTestTopic.ts'
import { testActor } from '../../app/testing/testChain.ts'
import { messages, referenceRules } from '../../app/testing/testMessages.ts'
import { getFeeLedger, getLedger } from '../bank/ledger.ts'
import { getBalance } from '../bank/view.ts'
import { getMintParams } from '../mint/view.ts'
import { getEarmarked, getRecord } from '../rewards/view.ts'
import { getParams } from './view.ts'

const admin = testActor('admin')
const stranger = testActor('stranger')
const open = () => openTestTopic({ admins: [admin], others: [admin, stranger] })

describe('SPEC lifecycle 2.1 parameters', () => {
  it('are changed by an admin, one by one, and by nobody else', () => {
    const topic = open()
    const change = { dataSendingFee: ['77'], maxTopInferersToReward: [5n] }
    expect(send(topic, stranger, messages.updateParams(stranger, change))).toMatchObject({
      codespace: 'emissions',
      code: 28,
    })
    expect(send(topic, topic.creator, messages.updateParams(topic.creator, change)).code).toBe(28)
    const before = getParams(topic.chain.stores)
    expect(send(topic, admin, messages.updateParams(admin, change)).code).toBe(0)
    expect(getParams(topic.chain.stores)).toEqual({ ...before, dataSendingFee: '77', maxTopInferersToReward: 5n })
  })

  it('stay as they are where none or two values are given, as in the reference', () => {
    const topic = open()
    const before = getParams(topic.chain.stores)
    expect(send(topic, admin, messages.updateParams(admin, { dataSendingFee: ['1', '2'] })).code).toBe(0)
    expect(send(topic, admin, messages.updateParams(admin, {})).code).toBe(0)
    expect(getParams(topic.chain.stores)).toEqual(before)
    expect(send(topic, admin, messages.updateParams(admin, undefined))).toMatchObject({
      codespace: 'emissions',
      code: 52,
    })
  })

  it.each([
    ['min_topic_weight', { minTopicWeight: ['-1'] }],
    ['data_sending_fee', { dataSendingFee: ['1.5'] }],
    ['data_sending_fee', { dataSendingFee: [`1${'0'.repeat(80)}`] }],
    ['learning_rate', { learningRate: ['1'] }],
    ['beta_entropy', { betaEntropy: ['NaN'] }],
    ['p_norm_safe_div', { pNormSafeDiv: ['1e300'] }],
    ['lambda_initial_score', { lambdaInitialScore: ['1e300'] }],
    ['c_norm', { cNorm: ['x'] }],
    ['blocks_per_month', { blocksPerMonth: [0n] }],
    ['max_active_topics_per_block', { maxActiveTopicsPerBlock: [0n] }],
    ['max_top_inferers_to_reward', { maxTopInferersToReward: [513n] }],
    ['record_retention', { recordRetention: [64n] }],
    ['record_retention', { recordRetention: [1_000_001n] }],
    ['pot_inferers_share', { potInferersShare: ['-0.1'] }],
    ['pot_reputers_share', { potReputersShare: ['0.250000000000000001'] }],
    ['fee_burn_share', { feeBurnShare: ['1.1'] }],
    ['fee_validators_share', { feeValidatorsShare: ['0.800000000000000001'] }],
    ['subsidy_factor', { subsidyFactor: ['1.01'] }],
    ['subsidy_allowance', { subsidyAllowance: ['-1'] }],
    ['bootstrap_amount', { bootstrapAmount: ['0.5'] }],
    ['bootstrap_epochs', { bootstrapEpochs: [1_000_001n] }],
    ['fee_earmark_divisor', { feeEarmarkDivisor: [0n] }],
    ['receipt_retention', { receiptRetention: [0n] }],
    ['half_max_process_stake_removals_end_block', { halfMaxProcessStakeRemovalsEndBlock: [2n ** 64n - 1n] }],
    ['version', { version: [''] }],
    ['global_worker_whitelist_enabled', { globalWorkerWhitelistEnabled: [true] }],
    ['topic_creator_whitelist_enabled', { topicCreatorWhitelistEnabled: [true] }],
  ])('refuse what the field %s may not be, by its name, and nothing else of the message is taken', (field, change) => {
    const topic = open()
    const before = getParams(topic.chain.stores)
    const refused = send(topic, admin, messages.updateParams(admin, { registrationFee: ['5'], ...change } as never))
    expect(refused).toMatchObject({ codespace: 'emissions', code: 52 })
    expect(refused.log).toContain(`params.${field} must be`)
    expect(getParams(topic.chain.stores)).toEqual(before)
  })

  it('as a fee nobody can pay keep everybody out without a wrong balance, until an admin lowers it', () => {
    const topic = open()
    const { workers, first } = topic
    const [worker] = workers
    if (worker === undefined) throw new Error('no worker')
    topic.mustBlock([admin, messages.updateParams(admin, { dataSendingFee: [(2n ** 256n - 1n).toString()] })])
    expect(send(topic, worker, messages.infer(worker, 1n, first, '20'))).toMatchObject({ codespace: 'sdk', code: 5 })
    topic.mustBlock([admin, messages.updateParams(admin, { dataSendingFee: ['0'] })])
    expect(send(topic, worker, messages.infer(worker, 1n, first + 5n, '20')).code).toBe(75)
    topic.mineTo(first + 5n)
    expect(send(topic, worker, messages.infer(worker, 1n, first + 5n, '20')).code).toBe(0)
  })
})

describe('the mint', () => {
  it('switched off from the start makes nothing: epochs settle without rewards, and the supply stands', () => {
    const topic = openTestTopic({ emissionEnabled: false, policy: referenceRules })
    const { stores } = topic.chain
    const { genesis } = getLedger(stores)
    predict(topic, topic.first, ['20', '21', '22'])
    attest(topic, topic.first, ['20', '20', '20'])
    expect(getRecord(stores, 1n, topic.first)).toMatchObject({ status: 'settled', pot: '0', unpaid: '0', payouts: [] })
    const { burned } = getFeeLedger(stores)
    expect(getLedger(stores)).toEqual({ genesis, minted: 0n, burned, supply: genesis - burned })
  })

  it('switched off on the way keeps every promise that is open, and then pays from what is left, and no more', () => {
    const topic = open()
    const { stores } = topic.chain
    topic.mustBlock([
      admin,
      {
        typeUrl: '/mint.v5.UpdateParamsRequest',
        value: {
          sender: admin.address,
          params: { ...getMintParams(stores), emissionEnabled: false },
          blocksPerMonth: getParams(stores).blocksPerMonth,
        },
      },
    ])
    const { minted } = getLedger(stores)
    for (let nonce = topic.first + 5n; nonce < topic.first + 60n; nonce += 10n) {
      topic.mineTo(nonce)
      predict(topic, nonce, ['20', '21', '22'])
      attest(topic, nonce, ['20', '20', '20'])
      expect(getEarmarked(stores)).toBeLessThanOrEqual(getBalance(stores, moduleAddresses.allorarewards))
      expect(getRecord(stores, 1n, nonce)?.status).toBe('settled')
    }
    expect(getLedger(stores).minted).toBe(minted)
    expect(getRecord(stores, 1n, topic.first + 55n)?.pot).toBe('0')
  })
})
