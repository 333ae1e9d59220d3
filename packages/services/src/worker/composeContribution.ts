import type { ModelInput } from '../models/types.ts'
import { isAway, sentenceOf } from '../shared/failure.ts'
import type { Log } from '../shared/log.ts'
import type { TopicFacts } from '../shared/readTopic.ts'
import type { FeedSource } from '../shared/shareFeed.ts'
import type { TopicHistory } from '../shared/topicHistory.ts'
import { askModel, type Patience } from './askModel.ts'
import type { AskForecast, AskPrediction } from './model/types.ts'
import { type ForecastElement, readForecast } from './readForecast.ts'
import { readPrediction } from './readPrediction.ts'
import type { Contribution } from './workerPayload.ts'

/** Where contributions come from. */
export type Sources = {
  readonly predict: AskPrediction | undefined
  readonly forecast: AskForecast | undefined
  readonly feed: FeedSource
  readonly history: TopicHistory
  readonly log: Log
}

/** An epoch whose worker window is open. */
export type OpenWindow = {
  readonly nonce: bigint
  /** The last block that takes a submission. */
  readonly workerClose: bigint
}

/**
 * Asks the models for an epoch. Null: there is nothing to submit, and why has been said. 'later': the feed has nothing to
 * say yet. A node that does not answer is an error.
 */
export async function composeContribution(
  facts: TopicFacts,
  window: OpenWindow,
  sources: Sources,
  patience: Patience,
): Promise<Contribution | null | 'later'> {
  const { feed, history, log } = sources
  const truths = await history.truths(window.nonce)
  let data: unknown
  try {
    data = (await feed(facts.name, window.nonce)) ?? null
  } catch (error) {
    if (isAway(error)) throw error
    log.warn(`epoch ${window.nonce}: no data, trying again with the next block. ${sentenceOf(error)}`)
    return 'later'
  }
  const input: ModelInput = {
    topic: facts.forModel,
    nonce: Number(window.nonce),
    deadlineHeight: Number(window.workerClose),
    truths,
    data,
  }
  const values = await predicted(facts, input, sources, patience)
  const elements = await forecasted(window, input, sources, patience)
  return values === null && elements === null ? null : { values, elements }
}

async function predicted(
  facts: TopicFacts,
  input: ModelInput,
  { predict, log }: Sources,
  patience: Patience,
): Promise<readonly number[] | null> {
  if (predict === undefined) return null
  const asked = await askModel((signal) => predict(input, signal), patience)
  const read = 'fault' in asked ? asked : readPrediction(facts, asked.output)
  if (read !== null && 'values' in read) return read.values
  if (read === null) log.info(`epoch ${input.nonce}: the model skips it.`)
  else if (!patience.stop.aborted) log.warn(`epoch ${input.nonce}: no prediction from the model: ${read.fault}.`)
  return null
}

async function forecasted(
  { nonce }: OpenWindow,
  input: ModelInput,
  { forecast, history, log }: Sources,
  patience: Patience,
): Promise<readonly ForecastElement[] | null> {
  if (forecast === undefined) return null
  const workers = await history.workers(nonce)
  // Nobody to forecast in a topic's first epoch.
  if (workers.length === 0) return null
  const asked = await askModel((signal) => forecast({ ...input, workers }, signal), patience)
  const read = 'fault' in asked ? asked : readForecast(workers, asked.output)
  if (read !== null && 'elements' in read) {
    if (read.skipped.length > 0) log.warn(`epoch ${nonce}: left out of the forecast: ${read.skipped.join('; ')}.`)
    return read.elements
  }
  if (read === null) log.info(`epoch ${nonce}: the model makes no forecast.`)
  else if (!patience.stop.aborted) log.warn(`epoch ${nonce}: no forecast from the model: ${read.fault}.`)
  return null
}
