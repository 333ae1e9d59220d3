import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { outputKindOf } from '@starling/protocol/scoring/losses/outputKindOf'
import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import { type Actor, type Moment, startActor } from '../shared/actor.ts'
import { closedEpochs, openedWindows } from '../shared/chainEvents.ts'
import { isAway, sentenceOf } from '../shared/failure.ts'
import { createFunds } from '../shared/funds.ts'
import { memoryJournal } from '../shared/journal.ts'
import { createSayOnce, type SayOnce } from '../shared/log.ts'
import type { DaemonOptions } from '../shared/options.ts'
import { orAborted } from '../shared/orAborted.ts'
import { readTopic, type TopicFacts } from '../shared/readTopic.ts'
import { createRegistration } from '../shared/registration.ts'
import { createSubmitter, type Submitter } from '../shared/submitter.ts'
import { systemTimers } from '../shared/timers.ts'
import { createStakeKeeper } from './stakeKeeper.ts'

/** What a reputer observed: a number, or a label for topics with labels, with its source and when it was observed. */
export type ObservedTruth = {
  readonly value?: number
  readonly label?: string
  readonly source: string
  readonly observedAt: string
}

/** Observes what happened in an epoch; null while it is not known yet. */
export type ObserveTruth = (epoch: {
  readonly topic: TopicFacts['forModel']
  readonly nonce: number
}) => Promise<ObservedTruth | null> | ObservedTruth | null

/** What a reputer is made of. */
export type ReputerOptions = DaemonOptions & {
  readonly truth: ObserveTruth
  /** Stake to keep in the topic, in uallo: what is missing is added at the start. */
  readonly stake?: bigint | undefined
}

/** A reputer of one topic under one account. */
export type Reputer = Actor

/** An epoch that waits for its truth; blocks are inclusive. */
type Waiting = { readonly nonce: bigint; readonly truthOpen: bigint; readonly truthClose: bigint }

type ReputerParts = {
  readonly options: ReputerOptions
  readonly submitter: Submitter
  readonly waiting: Map<bigint, Waiting>
  readonly once: SayOnce
}

/**
 * Starts a reputer: it waits for the node, registers, sees to its stake, and reports the truth of each epoch in its truth
 * window. Whatever fails is said in the log; only `stop` ends it.
 */
export function startReputer(options: ReputerOptions): Reputer {
  const { client, sender, topicId, log, journal = memoryJournal(), timers = systemTimers, stake } = options
  const funds = createFunds(client, sender, log)
  const registration = createRegistration({ client, sender, topicId, role: 'reputer', funds, log })
  const onUnregistered = registration.lost
  const submitter = createSubmitter({ sender, topicId, role: 'reputer', journal, funds, log, onUnregistered })
  const keeper = createStakeKeeper({ client, sender, topicId, wanted: stake ?? 0n, funds, log })
  const parts: ReputerParts = { options, submitter, waiting: new Map(), once: createSayOnce(log) }
  let facts: TopicFacts | undefined
  const handle = async (moment: Moment): Promise<void> => {
    facts ??= readTopic(await client.topicUnverified(topicId))
    await noteEpochs(parts, facts, moment)
    if (!(await registration.ensure(moment.stop))) return
    await keeper.keep(moment.stop)
    for (const epoch of parts.waiting.values()) {
      const isOpen = moment.newest() + 1n >= epoch.truthOpen && moment.newest() < epoch.truthClose
      if (isOpen && (await report(parts, facts, epoch, moment))) parts.waiting.delete(epoch.nonce)
    }
  }
  return startActor({ client, address: sender.address, log, timers, handle })
}

/** Adds the epochs whose truth is still to come, and drops those that have closed. SPEC VT-2 */
async function noteEpochs(parts: ReputerParts, facts: TopicFacts, moment: Moment): Promise<void> {
  const { options, waiting, submitter } = parts
  const { client, topicId, log } = options
  const { groundTruthLag, epochLength } = facts
  const epochs: Waiting[] = moment.resync
    ? (await client.windowsUnverified(topicId)).epochs
    : openedWindows(moment.events, topicId).map(({ nonce }) => ({
        nonce,
        truthOpen: nonce + groundTruthLag + 1n,
        truthClose: nonce + groundTruthLag + epochLength,
      }))
  for (const { nonce, truthOpen, truthClose } of epochs) {
    const isAhead = truthClose > moment.height
    if (isAhead && !waiting.has(nonce) && !submitter.isDone(nonce)) waiting.set(nonce, { nonce, truthOpen, truthClose })
  }
  for (const nonce of closedEpochs(moment.events, topicId)) waiting.delete(nonce)
  for (const { nonce, truthClose } of waiting.values()) {
    if (truthClose > moment.height) continue
    waiting.delete(nonce)
    log.warn(`epoch ${nonce}: no truth reported, its window closed at block ${truthClose}.`)
  }
}

/** Observes and reports; true when the epoch needs nothing more. */
async function report(parts: ReputerParts, facts: TopicFacts, epoch: Waiting, moment: Moment): Promise<boolean> {
  const { options, submitter, once } = parts
  const { nonce, truthClose } = epoch
  let truth: ObservedTruth | null | undefined
  try {
    const observing = Promise.resolve(options.truth({ topic: facts.forModel, nonce: Number(nonce) }))
    truth = await orAborted(observing, moment.until(truthClose))
  } catch (error) {
    if (isAway(error)) throw error
    once.say('warn', `${nonce}`, `epoch ${nonce}: the truth cannot be observed yet. ${sentenceOf(error)}`)
    return false
  }
  if (truth === undefined || truth === null || moment.newest() >= truthClose) return false
  const fault = truthFault(facts, truth)
  if (fault !== null) {
    once.say('error', `${nonce}`, `epoch ${nonce}: the observed truth is not reported: ${fault}.`)
    return false
  }
  const message = truthReport(facts, nonce, options.sender.address, truth)
  return submitter.submit(nonce, message, `the truth ${truth.label ?? truth.value}`, moment.stop)
}

function truthFault({ policy }: TopicFacts, { value, label, source }: ObservedTruth): string | null {
  if (source === '') return 'its source is empty'
  const kind = outputKindOf(policy)
  if (kind === 'labels') {
    return label !== undefined && policy.labels.includes(label)
      ? null
      : `"${label}" is none of ${policy.labels.join(', ')}`
  }
  if (value === undefined || !Number.isFinite(value)) return `${value} is not a finite number`
  return kind === 'probability' && value !== 0 && value !== 1 ? `the truth of an event is 0 or 1, got ${value}` : null
}

function truthReport(
  { id, policy }: TopicFacts,
  nonce: bigint,
  sender: string,
  { value, label, source, observedAt }: ObservedTruth,
): MessageToSend {
  const observed = outputKindOf(policy) === 'labels' ? { label: label ?? '' } : { value: formatDecimal(value ?? 0) }
  return {
    typeUrl: '/starling.v1.SubmitTruthRequest',
    value: { sender, topicId: id, nonce, source, observedAt, ...observed },
  }
}
