import { fromUtf8 } from '@starling/protocol/bytes/utf8'
import { moduleAddresses } from '@starling/protocol/modules/bank/moduleAccounts'
import type { SubmitterRole } from '@starling/protocol/modules/epochs/keys'
import { stakeKeys } from '@starling/protocol/modules/stake/keys'
import { getFeeLedger, getLedger } from '../../modules/bank/ledger.ts'
import { getBalance, listBalances } from '../../modules/bank/view.ts'
import { listCommitments, listOpenEpochs } from '../../modules/epochs/view.ts'
import { getEcosystemTokensMinted } from '../../modules/mint/view.ts'
import { getEarmarkedFees, getEscrow, getHeld, getTopicPayments, listFunders } from '../../modules/payments/view.ts'
import { getEarmarked, getEpochCounts, listRecordNonces } from '../../modules/rewards/view.ts'
import { getEarning, getOwed } from '../../modules/stake/earning.ts'
import { SHARE_SCALE } from '../../modules/stake/payDelegator.ts'
import {
  getAuthority,
  getDelegatedUpon,
  getDelegatorSum,
  getJoined,
  getJoining,
  getJoiningOf,
  getLeaving,
  getPlacement,
  getTotalStake,
  listDelegateRemovals,
  listRemovals,
} from '../../modules/stake/view.ts'
import {
  getNextEpoch,
  getPreviousWeight,
  getTopicStake,
  getWeightSum,
  listBucket,
  listTopics,
} from '../../modules/topics/view.ts'
import type { StateReader } from '../context.ts'
import { storeNames } from '../storeNames.ts'

const EVERYTHING = 100_000
const ALL_KEYS = new Uint8Array()

/** Throws where the state breaks what must always hold. SPEC lifecycle 10 */
export function checkInvariants(state: StateReader): void {
  checkProvable(state)
  checkSupply(state)
  checkStake(state)
  checkRemovals(state)
  checkDelegations(state)
  checkTopics(state)
  checkSealed(state)
  checkPayments(state)
}

function must(holds: boolean, invariant: string): void {
  if (!holds) throw new Error(`invariant broken: ${invariant}`)
}

function checkSupply(state: StateReader): void {
  const { genesis, minted, burned, supply } = getLedger(state)
  const balances = [...listBalances(state)].reduce((sum, { amount }) => sum + amount, 0n)
  must(supply === genesis + minted - burned, `supply ${supply} = ${genesis} + ${minted} - ${burned}`)
  must(supply === balances, `supply ${supply} = balances ${balances}`)
  must(getEcosystemTokensMinted(state) === minted, 'what mint counted is what was minted')
}

/** Places `[topic, address, …]` under a prefix of the stake store. */
function pathsOf(state: StateReader, prefix: Uint8Array): readonly (readonly string[])[] {
  const skipped = fromUtf8(prefix).length
  return [...state.store('stake').scan(prefix)].map(([key]) => fromUtf8(key).slice(skipped).split('/'))
}

function checkStake(state: StateReader): void {
  must(getTotalStake(state) === getBalance(state, moduleAddresses.allorastaking), 'allorastaking holds the total stake')
  const topics = listTopics(state, 0n, EVERYTHING)
  const sum = topics.reduce((total, { id }) => {
    const reputers = pathsOf(state, stakeKeys.authorities(id)).map(([reputer = '']) => reputer)
    const authorities = reputers.reduce((all, reputer) => all + getAuthority(state, id, reputer), 0n)
    must(authorities === getTopicStake(state, id), `stake of topic ${id} = its reputers' authorities`)
    for (const reputer of reputers) {
      const least = getDelegatedUpon(state, id, reputer)
      must(getAuthority(state, id, reputer) >= least, `authority of ${reputer} covers its delegations`)
      must(
        getAuthority(state, id, reputer) >= getLeaving(state, id, reputer),
        `authority of ${reputer} covers removals`,
      )
    }
    return total + authorities
  }, 0n)
  must(sum === getTotalStake(state), "total stake = the topics' stakes")
}

function checkRemovals(state: StateReader): void {
  const own = listRemovals(state, EVERYTHING)
  const delegated = listDelegateRemovals(state, EVERYTHING)
  const leaving = new Map<string, bigint>()
  for (const { topicId, reputer, amount } of [...own, ...delegated]) {
    const name = `${topicId} ${reputer}`
    leaving.set(name, (leaving.get(name) ?? 0n) + BigInt(amount))
  }
  for (const [name, amount] of leaving) {
    const [topicId = '', reputer = ''] = name.split(' ')
    must(getLeaving(state, BigInt(topicId), reputer) === amount, `leaving stake of ${name} = its removals`)
  }
  const total = own.reduce((sum, { amount }) => sum + BigInt(amount), 0n)
  must(total <= getTotalStake(state), 'removals do not exceed the total stake')
}

function checkDelegations(state: StateReader): void {
  const upon = new Map<string, bigint>()
  const byDelegator = new Map<string, bigint>()
  const joining = new Map<string, bigint>()
  let pending = 0n
  for (const [topic = '', delegator = '', reputer = ''] of pathsOf(state, stakeKeys.placements())) {
    const { amount } = getPlacement(state, BigInt(topic), delegator, reputer)
    const delegation = { topicId: BigInt(topic), delegator, reputer }
    const owed = getOwed(state, delegation)
    must(getEarning(state, delegation) >= 0n, `what of ${delegator} earns upon ${reputer} is not negative`)
    for (const { height, amount: waiting } of getJoiningOf(state, BigInt(topic), delegator, reputer)) {
      if (getJoined(state, BigInt(topic), reputer, height) !== undefined) continue
      joining.set(`${topic} ${reputer}`, (joining.get(`${topic} ${reputer}`) ?? 0n) + waiting)
    }
    must(owed >= 0n, `rewards of ${delegator} upon ${reputer} are not negative`)
    pending += owed / SHARE_SCALE
    upon.set(`${topic} ${reputer}`, (upon.get(`${topic} ${reputer}`) ?? 0n) + amount)
    byDelegator.set(`${topic} ${delegator}`, (byDelegator.get(`${topic} ${delegator}`) ?? 0n) + amount)
  }
  for (const [topic = '', reputer = ''] of pathsOf(state, stakeKeys.delegatedUpons())) {
    const sum = upon.get(`${topic} ${reputer}`) ?? 0n
    must(getDelegatedUpon(state, BigInt(topic), reputer) === sum, `delegations upon ${reputer} = placements`)
    const waiting = getJoining(state, BigInt(topic), reputer).reduce((total, { amount }) => total + amount, 0n)
    must(waiting === (joining.get(`${topic} ${reputer}`) ?? 0n), `joining delegations upon ${reputer} = their parts`)
  }
  for (const [topic = '', delegator = ''] of pathsOf(state, stakeKeys.delegatorSums())) {
    const sum = byDelegator.get(`${topic} ${delegator}`) ?? 0n
    must(getDelegatorSum(state, BigInt(topic), delegator) === sum, `delegations of ${delegator} = placements`)
  }
  must(pending <= getBalance(state, moduleAddresses.allorapendingrewards), 'pending rewards are covered')
}

function checkTopics(state: StateReader): void {
  const topics = listTopics(state, 0n, EVERYTHING)
  const active = topics.filter(({ id }) => getNextEpoch(state, id) !== 0n)
  for (const { id } of active) {
    must(listBucket(state, getNextEpoch(state, id)).includes(id), `topic ${id} is in the bucket of its next epoch`)
  }
  for (const { id } of topics) {
    const records = listRecordNonces(state, id, { after: 0n, limit: EVERYTHING }).length
    must(getEpochCounts(state, id).kept === BigInt(records), `topic ${id} keeps ${records} records`)
  }
  const sum = active.reduce((total, { id }) => total + (getPreviousWeight(state, id) ?? 0), 0)
  must(
    Math.abs(sum - getWeightSum(state)) <= 1e-9 * sum + 1e-6 * active.length,
    `weight sum ${getWeightSum(state)} = ${sum}`,
  )
  const pots = topics.flatMap(({ id }) => listOpenEpochs(state, id)).reduce((total, { pot }) => total + BigInt(pot), 0n)
  must(pots === getEarmarked(state), 'earmarked coins = the pots of open epochs')
  must(getEarmarked(state) <= getBalance(state, moduleAddresses.allorarewards), 'pots are covered')
}

function checkSealed(state: StateReader): void {
  let bonds = 0n
  for (const { id, policy } of listTopics(state, 0n, EVERYTHING)) {
    for (const { nonce, sealedWork, sealedTruth } of listOpenEpochs(state, id)) {
      const count = (role: SubmitterRole): number => listCommitments(state, role, { topicId: id, nonce }).length
      const [work, truth] = [count('inferer') + count('forecaster'), count('reputer')]
      must(work === sealedWork, `commitments of work for ${nonce} are counted`)
      must(truth === sealedTruth, `commitments of truth for ${nonce} are counted`)
      bonds += (policy.sealed?.bond ?? 0n) * BigInt(work + truth)
    }
  }
  must(bonds === getBalance(state, moduleAddresses.starlingbonds), 'starlingbonds holds the bonds of commitments')
}

function checkPayments(state: StateReader): void {
  const { paid, escrow, burned, validators, contributors } = getFeeLedger(state)
  must(paid === escrow + burned + validators + contributors, `fees ${paid} = what became of them`)
  let [held, into, bootstrap] = [0n, 0n, 0n]
  for (const { id } of listTopics(state, 0n, EVERYTHING)) {
    const promised = listOpenEpochs(state, id).reduce((total, { fees }) => total + BigInt(fees), 0n)
    must(promised === getEarmarkedFees(state, id), `earmarked escrow of topic ${id} = the fees of its open epochs`)
    must(promised <= getEscrow(state, id), `the escrow of topic ${id} covers what was promised`)
    const topic = getTopicPayments(state, id)
    const funders = listFunders(state, id, { after: '', limit: EVERYTHING })
    const sumOf = (how: 'funded' | 'paid') => funders.reduce((total, funder) => total + BigInt(funder[how]), 0n)
    must(sumOf('funded') === BigInt(topic.funded), `what funders of topic ${id} gave = what it got`)
    must(sumOf('paid') === BigInt(topic.paid), `what requests for topic ${id} paid = what it got`)
    held += getEscrow(state, id)
    bootstrap += getHeld(state, id)
    into += BigInt(topic.funded) + BigInt(topic.paid)
  }
  must(held === escrow, 'starlingescrow holds the escrows')
  must(bootstrap === getBalance(state, moduleAddresses.starlingbootstrap), 'starlingbootstrap holds what waits')
  must(into === paid, 'fees paid = what all topics got')
}

/** ICS-23 proves no empty value, nor an absence beside one. */
function checkProvable(state: StateReader): void {
  for (const name of storeNames) {
    for (const [key, value] of state.store(name).scan(ALL_KEYS)) {
      if (value.length === 0) throw new Error(`store ${name} has no value under ${Buffer.from(key).toString('latin1')}`)
    }
  }
}
