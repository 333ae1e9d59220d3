import type { GetResultResponse } from '@starling/protocol/gen/starling/v1/query_pb'
import type { MessageToSend } from '@starling/protocol/tx/encodeTx'
import { type Actor, type Moment, startActor } from '../shared/actor.ts'
import { closedEpochs, openedWindows } from '../shared/chainEvents.ts'
import { sentenceOf } from '../shared/failure.ts'
import { createFunds } from '../shared/funds.ts'
import { memoryJournal } from '../shared/journal.ts'
import type { DaemonOptions } from '../shared/options.ts'
import { readTopic, type TopicFacts } from '../shared/readTopic.ts'
import { createRegistration, type Registration } from '../shared/registration.ts'
import type { FeedSource } from '../shared/shareFeed.ts'
import { createSubmitter, type Submitter } from '../shared/submitter.ts'
import { systemTimers, type Timers } from '../shared/timers.ts'
import { createTopicHistory, type TopicHistory } from '../shared/topicHistory.ts'
import { composeContribution, type OpenWindow, type Sources } from './composeContribution.ts'
import type { AskForecast, AskPrediction } from './model/types.ts'
import { type Contribution, workerPayload } from './workerPayload.ts'

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

type Pending = OpenWindow & { ready?: { readonly message: MessageToSend; readonly what: string } }

type WorkerParts = {
  readonly options: WorkerOptions
  readonly timers: Timers
  readonly sources: Sources
  readonly registration: Registration
  readonly submitter: Submitter
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
  const submitter = createSubmitter({ sender, topicId, role: 'worker', journal, funds, log, onUnregistered })
  const sources = { predict, forecast, feed, history, log }
  const parts: WorkerParts = { options, timers, sources, registration, submitter, pending: new Map() }
  let facts: TopicFacts | undefined
  const handle = async (moment: Moment): Promise<void> => {
    facts ??= readTopic(await client.topicUnverified(topicId))
    await noteWindows(parts, moment)
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
async function noteWindows({ options, pending, submitter }: WorkerParts, moment: Moment): Promise<void> {
  const { client, topicId, log } = options
  const opened: OpenWindow[] = moment.resync
    ? (await client.windowsUnverified(topicId)).epochs
    : openedWindows(moment.events, topicId)
  for (const { nonce, workerClose } of opened) {
    const isOpen = workerClose > moment.height
    if (isOpen && !pending.has(nonce) && !submitter.isDone(nonce)) pending.set(nonce, { nonce, workerClose })
  }
  for (const { nonce, workerClose } of pending.values()) {
    if (workerClose > moment.height) continue
    pending.delete(nonce)
    log.warn(`epoch ${nonce}: missed, its window closed at block ${workerClose}.`)
  }
}

/** Serves one open window; true when it needs nothing more. */
async function serve(parts: WorkerParts, facts: TopicFacts, window: Pending, moment: Moment): Promise<boolean> {
  const { options, timers, sources, submitter } = parts
  const { nonce, workerClose } = window
  if (window.ready === undefined) {
    const until = moment.until(workerClose)
    const patience = { until, stop: moment.stop, timeoutMs: options.modelTimeoutMs, timers }
    const contribution = await composeContribution(facts, window, sources, patience)
    if (contribution === 'later' || moment.stop.aborted) return false
    if (contribution === null) {
      submitter.giveUp(nonce)
      return true
    }
    const message = workerPayload(facts, nonce, options.sender.address, contribution)
    window.ready = { message, what: describe(facts, contribution) }
  }
  if (moment.newest() >= workerClose) return false
  return submitter.submit(nonce, window.ready.message, window.ready.what, moment.stop)
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
