import { create, fromBinary, type Message, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import type { GenMessage } from '@bufbuild/protobuf/codegenv2'
import type { Answer } from '@starling/protocol/gen/starling/v1/epochs_pb'
import * as q from '@starling/protocol/gen/starling/v1/query_pb'
import { Gauge, type Registry } from 'prom-client'
import type { Application } from '../../app/application.ts'

type Sample = { readonly labels: { readonly topic: string; readonly level?: string }; readonly value: number }

/** How sure the newest answer of each topic is, as it tells itself; of the first page of topics. SPEC VT-7, VT-8 */
export function addTopicGauges(registry: Registry, application: Pick<Application, 'info' | 'query'>): void {
  const answers = readAtHeight(application)
  const gauge = (
    name: string,
    help: string,
    labelNames: string[],
    read: (answer: Answer) => readonly Sample[],
  ): void => {
    new Gauge({
      name: `starling_${name}`,
      help,
      labelNames,
      registers: [registry],
      collect() {
        this.reset()
        for (const { labels, value } of answers().flatMap(read)) this.set(labels, value)
      },
    })
  }
  gauge(
    'coverage',
    'Share of settled epochs whose interval or set of a level held the truth.',
    ['topic', 'level'],
    (answer) =>
      levelsOf(answer).flatMap(({ level, epochs, hits }) =>
        epochs === 0 ? [] : [{ labels: { topic: topicOf(answer), level: String(level) }, value: hits / epochs }],
      ),
  )
  gauge('coverage_epochs', 'Settled epochs that the coverage counts.', ['topic'], (answer) =>
    levelsOf(answer)
      .slice(0, 1)
      .map(({ epochs }) => ({ labels: { topic: topicOf(answer) }, value: epochs })),
  )
  gauge('edge_e_value', 'Evidence that the network beats model-free guesses; shown from 20 on.', ['topic'], (answer) =>
    answer.edge === undefined ? [] : [{ labels: { topic: topicOf(answer) }, value: answer.edge.eValue }],
  )
}

function topicOf({ topicId }: Answer): string {
  return topicId.toString()
}

function levelsOf({ intervals, sets }: Answer): readonly { level: number; epochs: number; hits: number }[] {
  return [...intervals, ...sets].map(({ level, coverage }) => ({
    level,
    epochs: Number(coverage?.epochs ?? 0n),
    hits: Number(coverage?.hits ?? 0n),
  }))
}

/** The newest answers, read once for each height. */
function readAtHeight(application: Pick<Application, 'info' | 'query'>): () => readonly Answer[] {
  let known: { readonly height: bigint; readonly answers: readonly Answer[] } | undefined
  return () => {
    const { height } = application.info()
    if (known?.height !== height) known = { height, answers: newestAnswers(application) }
    return known.answers
  }
}

function newestAnswers(application: Pick<Application, 'query'>): readonly Answer[] {
  const topics = ask(application, [q.GetTopicsRequestSchema, q.GetTopicsResponseSchema], {})?.topics ?? []
  return topics.flatMap(({ topic, lastAnswered }) => {
    const topicId = topic?.base?.id
    if (topicId === undefined || lastAnswered === 0n) return []
    const answer = ask(application, [q.GetAnswerRequestSchema, q.GetAnswerResponseSchema], { topicId })?.answer
    return answer === undefined ? [] : [answer]
  })
}

/** One query of the state; undefined where there is no answer, as before the first block. */
function ask<I extends Message, O extends Message>(
  { query }: Pick<Application, 'query'>,
  [request, response]: readonly [GenMessage<I>, GenMessage<O>],
  fields: MessageInitShape<GenMessage<NoInfer<I>>>,
): O | undefined {
  const method = request.typeName.replace(/^starling\.v1\.(.*)Request$/, '$1')
  const path = `/starling.v1.Query/${method}`
  const { code, value } = query({ path, data: toBinary(request, create(request, fields)), height: 0n, prove: false })
  return code === 0 ? fromBinary(response, value) : undefined
}
