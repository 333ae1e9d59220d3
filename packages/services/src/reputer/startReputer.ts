import { formatDecimal } from '@starling/protocol/num/formatDecimal'
import { outputKindOf } from '@starling/protocol/scoring/losses/outputKindOf'
import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import { sealTruth } from '@starling/sdk/sealed/sealTruth'
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
import { createSealedSubmitter, type SealedSubmitter } from '../shared/sealedSubmitter.ts'
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
  readonly sealed: SealedSubmitter
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
  let facts: TopicFacts | undefined
  const submitting = { sender, topicId, role: 'reputer' as const, journal, funds, log, onUnregistered }
  const submitter = createSubmitter(submitting)
  const sealed = createSealedSubmitter({ ...submitting, bond: () => facts?.policy.sealed?.bond ?? 0n })
  const keeper = createStakeKeeper({ client, sender, topicId, wanted: stake ?? 0n, funds, log })
  const parts: ReputerParts = { options, submitter, sealed, waiting: new Map(), once: createSayOnce(log) }
  const handle = async (moment: Moment): Promise<void> => {
    facts ??= readTopic(await client.topicUnverified(topicId))
    await noteEpochs(parts, facts, moment)
    if (!(await registration.ensure(moment.stop))) return
    await keeper.keep(moment.stop)
    for (const epoch of parts.waiting.values()) {
      const isOpen = moment.newest() + 1n >= epoch.truthOpen && moment.newest() < epoch.truthClose
      if (isOpen && (await serve(parts, facts, epoch, moment))) parts.waiting.delete(epoch.nonce)
    }
  }
  return startActor({ client, address: sender.address, log, timers, handle })
}

/** Adds the epochs whose truth is still to come, and drops those that have closed. SPEC VT-2 */
async function noteEpochs(parts: ReputerParts, facts: TopicFacts, moment: Moment): Promise<void> {
  const { options, waiting } = parts
  const { client, topicId, log } = options
  const { groundTruthLag, epochLength } = facts
  const terms = facts.policy.sealed
  const { isDone } = terms === undefined ? parts.submitter : parts.sealed
  const length = terms === undefined ? epochLength : terms.truthCommit + terms.truthReveal
  const epochs: Waiting[] = moment.resync
    ? (await client.windowsUnverified(topicId)).epochs
    : openedWindows(moment.events, topicId).map(({ nonce }) => ({
        nonce,
        truthOpen: nonce + groundTruthLag + 1n,
        truthClose: nonce + groundTruthLag + length,
      }))
  for (const { nonce, truthOpen, truthClose } of epochs) {
    const isAhead = truthClose > moment.height
    if (isAhead && !waiting.has(nonce) && !isDone(nonce)) waiting.set(nonce, { nonce, truthOpen, truthClose })
  }
  for (const nonce of closedEpochs(moment.events, topicId)) waiting.delete(nonce)
  for (const { nonce, truthClose } of waiting.values()) {
    if (truthClose > moment.height) continue
    waiting.delete(nonce)
    log.warn(`epoch ${nonce}: no truth reported, its window closed at block ${truthClose}.`)
  }
}

/** Serves one open truth window; true when it needs nothing more. */
async function serve(parts: ReputerParts, facts: TopicFacts, epoch: Waiting, moment: Moment): Promise<boolean> {
  const terms = facts.policy.sealed
  const { options, submitter, sealed } = parts
  const { nonce, truthOpen, truthClose } = epoch
  const close = terms === undefined ? truthClose : truthOpen - 1n + terms.truthCommit
  if (terms !== undefined && sealed.hasCommitted(nonce)) {
    return moment.newest() >= close && (await sealed.reveal(nonce, moment.stop))
  }
  const truth = await observe(parts, facts, nonce, close, moment)
  if (truth === undefined || moment.newest() >= close) return false
  const what = `the truth ${truth.label ?? truth.value}`
  const { address } = options.sender
  if (terms === undefined) {
    return submitter.submit(nonce, { messages: [truthReport(facts, nonce, address, truth)], what }, moment.stop)
  }
  const place = { chainId: await options.client.chainId(), topicId: facts.id, nonce, author: address }
  await sealed.commit(nonce, sealTruth(place, payloadOf(facts, truth), options.saltOf), what, moment.stop)
  return false
}

/** What happened, as the topic takes it; undefined while it is not known. */
async function observe(
  { options, once }: ReputerParts,
  facts: TopicFacts,
  nonce: bigint,
  close: bigint,
  moment: Moment,
): Promise<ObservedTruth | undefined> {
  let truth: ObservedTruth | null | undefined
  try {
    const observing = Promise.resolve(options.truth({ topic: facts.forModel, nonce: Number(nonce) }))
    truth = await orAborted(observing, moment.until(close))
  } catch (error) {
    if (isAway(error)) throw error
    once.say('warn', `${nonce}`, `epoch ${nonce}: the truth cannot be observed yet. ${sentenceOf(error)}`)
    return undefined
  }
  if (truth === undefined || truth === null) return undefined
  const fault = truthFault(facts, truth)
  if (fault === null) return truth
  once.say('error', `${nonce}`, `epoch ${nonce}: the observed truth is not reported: ${fault}.`)
  return undefined
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

function truthReport(facts: TopicFacts, nonce: bigint, sender: string, truth: ObservedTruth): MessageToSend {
  return {
    typeUrl: '/starling.v1.SubmitTruthRequest',
    value: { sender, topicId: facts.id, nonce, ...payloadOf(facts, truth) },
  }
}

type Payload = { readonly source: string; readonly observedAt: string } & (
  | { readonly label: string }
  | { readonly value: string }
)

function payloadOf({ policy }: TopicFacts, { value, label, source, observedAt }: ObservedTruth): Payload {
  const observed = outputKindOf(policy) === 'labels' ? { label: label ?? '' } : { value: formatDecimal(value ?? 0) }
  return { source, observedAt, ...observed }
}
