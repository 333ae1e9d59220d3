import type { MessageInitShape } from '@bufbuild/protobuf'
import type { AnswerSchema, CoverageSchema } from '../../gen/starling/v1/epochs_pb.ts'
import type { TopicPolicy } from '../../scoring/types.ts'
import type { PublishedAnswer } from '../../scoring/verified/answerOf.ts'

/** The part of a stored answer that the rules decide: its values, and what says how sure it is. SPEC VT-7, VT-8 */
export function toAnswer({ labels }: TopicPolicy, answer: PublishedAnswer): MessageInitShape<typeof AnswerSchema> {
  const { values, naive, spread, contributors, intervals, sets, edge } = answer
  return {
    values: [...values],
    naive: [...naive],
    spread,
    contributors,
    intervals: (intervals?.intervals ?? []).map((interval, i) => ({ ...interval, coverage: coverageOf(answer, i) })),
    sets: (sets?.sets ?? []).map((set, i) => ({
      level: set.level,
      labels: set.labels.map((label) => labels[label] ?? ''),
      coverage: coverageOf(answer, i),
    })),
    ...(edge === null ? {} : { edge: { ...edge, n: BigInt(edge.n) } }),
  }
}

function coverageOf({ ledger }: PublishedAnswer, level: number): MessageInitShape<typeof CoverageSchema> {
  const { hits = 0, width = 0 } = ledger?.levels[level] ?? {}
  return { epochs: BigInt(ledger?.epochs ?? 0), hits: BigInt(hits), width }
}
