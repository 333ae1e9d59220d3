import { median } from '@starling/protocol/num/median'
import type { Values } from '@starling/protocol/scoring/types'
import type { Answer, Collective, CollectiveContext, Question } from './collective.ts'

/** The plain mean of who is present: no memory. */
export function createMean(): Collective<null> {
  return {
    answer: (questions) => questions.map(({ inferences }) => answerOf(inferences, meanOf(inferences.map(valuesOf)))),
    learn: () => {},
  }
}

/** The median of who is present, output by output; of labels divided by their sum, so that it is a distribution. */
export function createMedian({ policy }: Pick<CollectiveContext, 'policy'>): Collective<null> {
  const isDistribution = policy.labels.length > 0
  return {
    answer: (questions) =>
      questions.map(({ inferences }) => {
        const all = inferences.map(valuesOf)
        const middle = (all[0] ?? []).map((_, output) => median(all.map((values) => values[output] ?? 0)))
        const total = middle.reduce((sum, value) => sum + value, 0)
        if (!isDistribution) return answerOf(inferences, middle)
        return answerOf(inferences, total > 0 ? middle.map((value) => value / total) : meanOf(all))
      }),
    learn: () => {},
  }
}

const valuesOf = ({ values }: { readonly values: Values }): Values => values

function meanOf(all: readonly Values[]): Values {
  return (all[0] ?? []).map((_, output) => all.reduce((sum, values) => sum + (values[output] ?? 0), 0) / all.length)
}

/** Everybody present counts alike in both pools. */
function answerOf(inferences: Question['inferences'], values: Values): Answer<null> {
  const weight = 1 / inferences.length
  return { values, weights: inferences.map(({ worker }) => ({ worker, weight })), without: [], memory: null }
}
