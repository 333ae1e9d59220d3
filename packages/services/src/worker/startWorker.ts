import type { GetResultResponse } from '@starling/protocol/gen/starling/v1/query_pb'
import type { SealedSubmission } from '@starling/sdk/sealed/sealing'
import { sealWork } from '@starling/sdk/sealed/sealWork'
import { type Actor, type Moment, startActor } from '../shared/actor.ts'
import { closedEpochs, openedWindows } from '../shared/chainEvents.ts'
import { sentenceOf } from '../shared/failure.ts'
import { createFunds } from '../shared/funds.ts'
import { memoryJournal } from '../shared/journal.ts'
import type { DaemonOptions } from '../shared/options.ts'
import { readTopic, type TopicFacts } from '../shared/readTopic.ts'
import { createRegistration, type Registration } from '../shared/registration.ts'
import { createSealedSubmitter, type SealedSubmitter } from '../shared/sealedSubmitter.ts'
import type { FeedSource } from '../shared/shareFeed.ts'
import { createSubmitter, type Submitter } from '../shared/submitter.ts'
import { systemTimers, type Timers } from '../shared/timers.ts'
import { createTopicHistory, type TopicHistory } from '../shared/topicHistory.ts'
import { composeContribution, type OpenWindow, type Sources } from './composeContribution.ts'
import type { AskForecast, AskPrediction } from './model/types.ts'
import { type Contribution, wireParts, workerPayload } from './workerPayload.ts'

/** What a worker is made of; it predicts, forecasts, or both. */
export type WorkerOptions = DaemonOptions & {
  readonly predict?: AskPrediction | undefined
  readonly forecast?: AskForecast | undefined
  /** Wall-clock limit of one call of a model; undefined = none but the window itself. */
  readonly modelTimeoutMs?: number | undefined
  /** Default: the node's local feed. Share one (`shareFeed`) among the workers of a process. */
  readonly feed?: FeedSource | undefined
  /** Default: one of its own. Share one among the workers of a topic. */
  readonly history?: TopicHistory | undefined
  /** Told what each closed epoch of the topic brought the worker. */
  readonly onResult?: ((result: GetResultResponse) => void) | undefined
}

/** A worker of one topic under one account. */
export type Worker = Actor

type Pending = OpenWindow & { ready?: Ready }

type WorkerParts = {
  readonly options: WorkerOptions
  readonly timers: Timers
  readonly sources: Sources
  readonly registration: Registration
  readonly submitter: Submitter
  readonly sealed: SealedSubmitter
  readonly pending: Map<bigint, Pending>
}

/**
 * Starts a worker: it waits for the node, registers, and from then on submits once in every worker window. Whatever
 * fails is said in the log and costs at most the window; only `stop` ends it.
 */
export function startWorker(options: WorkerOptions): Worker {
  const { client, sender, topicId, log, journal = memoryJournal(), timers = systemTimers } = options
  const { predict, forecast, history = createTopicHistory(client, topicId) } = options
  const feed: FeedSource = options.feed ?? ((name, nonce) => client.feed(name, nonce))
  const funds = createFunds(client, sender, log)
  const registration = createRegistration({ client, sender, topicId, role: 'worker', funds, log })
  const onUnregistered = registration.lost
  let facts: TopicFacts | undefined
  const submitting = { sender, topicId, role: 'worker' as const, journal, funds, log, onUnregistered }
  const submitter = createSubmitter(submitting)
  const sealed = createSealedSubmitter({ ...submitting, bond: () => facts?.policy.sealed?.bond ?? 0n })
  const sources = { predict, forecast, feed, history, log }
  const parts: WorkerParts = { options, timers, sources, registration, submitter, sealed, pending: new Map() }
  const handle = async (moment: Moment): Promise<void> => {
    facts ??= readTopic(await client.topicUnverified(topicId))
    await noteWindows(parts, facts, moment)
    if (await registration.ensure(moment.stop)) {
      for (const window of parts.pending.values()) {
        if (await serve(parts, facts, window, moment)) parts.pending.delete(window.nonce)
      }
    }
    await tellResults(parts, moment)
  }
  return startActor({ client, address: sender.address, log, timers, handle })
}

/** Adds the windows that are open and still to be served, and drops those that have closed. */
async function noteWindows(parts: WorkerParts, facts: TopicFacts, moment: Moment): Promise<void> {
  const { options, pending } = parts
  const { client, topicId, log } = options
  const { isDone } = facts.policy.sealed === undefined ? parts.submitter : parts.sealed
  const opened: OpenWindow[] = moment.resync
    ? (await client.windowsUnverified(topicId)).epochs
    : openedWindows(moment.events, topicId)
  for (const { nonce, workerClose } of opened) {
    const isOpen = workerClose > moment.height
    if (isOpen && !pending.has(nonce) && !isDone(nonce)) pending.set(nonce, { nonce, workerClose })
  }
  for (const { nonce, workerClose } of pending.values()) {
    if (workerClose > moment.height) continue
    pending.delete(nonce)
    log.warn(`epoch ${nonce}: missed, its window closed at block ${workerClose}.`)
  }
}

/** Serves one open window; true when it needs nothing more. */
async function serve(parts: WorkerParts, facts: TopicFacts, window: Pending, moment: Moment): Promise<boolean> {
  const terms = facts.policy.sealed
  if (terms !== undefined) return serveSealed(parts, facts, window, window.nonce + terms.workerCommit, moment)
  const { nonce, workerClose } = window
  const ready = await prepare(parts, facts, window, workerClose, moment)
  if (ready === null) return true
  if (ready === undefined || moment.newest() >= workerClose) return false
  const message = workerPayload(facts, nonce, parts.options.sender.address, ready.contribution)
  return parts.submitter.submit(nonce, { messages: [message], what: ready.what }, moment.stop)
}

/** The same where submissions are sealed: first commitments, and once nobody can commit any more the reveal. SPEC VT-2 */
async function serveSealed(
  parts: WorkerParts,
  facts: TopicFacts,
  window: Pending,
  commitClose: bigint,
  moment: Moment,
): Promise<boolean> {
  const { options, sealed } = parts
  const { nonce, workerClose } = window
  if (!sealed.hasCommitted(nonce)) {
    const ready = await prepare(parts, facts, window, commitClose, moment)
    if (ready === null) return true
    if (ready === undefined || moment.newest() >= commitClose) return false
    const author = options.sender.address
    const place = { chainId: await options.client.chainId(), topicId: facts.id, nonce, author }
    ready.sealed ??= sealWork(place, wireParts(facts, ready.contribution), options.saltOf)
    await sealed.commit(nonce, ready.sealed, ready.what, moment.stop)
    return false
  }
  const isOpen = moment.newest() >= commitClose && moment.newest() < workerClose
  return isOpen && (await sealed.reveal(nonce, moment.stop))
}

/** What a window is served with. */
type Ready = { readonly contribution: Contribution; readonly what: string; sealed?: SealedSubmission }

/** Asks the models once, until block `close`. Null: there will be nothing. Undefined: not yet. */
async function prepare(
  parts: WorkerParts,
  facts: TopicFacts,
  window: Pending,
  close: bigint,
  moment: Moment,
): Promise<Ready | null | undefined> {
  if (window.ready !== undefined) return window.ready
  const { options, timers, sources } = parts
  const patience = { until: moment.until(close), stop: moment.stop, timeoutMs: options.modelTimeoutMs, timers }
  const asked = { nonce: window.nonce, workerClose: close }
  const contribution = await composeContribution(facts, asked, sources, patience)
  if (contribution === 'later' || moment.stop.aborted) return undefined
  if (contribution === null) {
    const book = facts.policy.sealed === undefined ? parts.submitter : parts.sealed
    book.giveUp(window.nonce)
    return null
  }
  window.ready = { contribution, what: describe(facts, contribution) }
  return window.ready
}

async function tellResults({ options }: WorkerParts, { events, stop }: Moment): Promise<void> {
  const { client, sender, topicId, log, onResult } = options
  if (onResult === undefined) return
  for (const nonce of closedEpochs(events, topicId)) {
    try {
      const result = await client.resultUnverified(topicId, sender.address, nonce)
      if (!stop.aborted) onResult(result)
    } catch (error) {
      log.warn(`epoch ${nonce}: its result cannot be shown. ${sentenceOf(error)}`)
    }
  }
}

function describe({ outputs, policy }: TopicFacts, { values, elements }: Contribution): string {
  const parts: string[] = []
  if (values !== null) {
    const texts = values.map((value, i) => `${outputs[i] === undefined ? '' : `${outputs[i]} `}${value.toPrecision(4)}`)
    parts.push(outputs.length === 0 ? `${texts.join('')} ${policy.unit}` : texts.join(', '))
  }
  if (elements !== null) parts.push(`forecasts of ${elements.length} workers`)
  return parts.join(' and ')
}
