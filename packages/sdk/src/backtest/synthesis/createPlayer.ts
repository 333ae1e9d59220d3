import type { Answer, Collective, CollectiveContext, Question, Synthesis } from './collective.ts'
import { createRegret } from './createRegret.ts'
import { createTower } from './createTower.ts'
import { createMean, createMedian } from './pools.ts'

/** A collective at play: it keeps its own open answers until their truths come. */
export type Player = {
  /** Answers of one epoch; those of cases that will have a truth are remembered. */
  readonly answer: (questions: readonly Question[]) => readonly Omit<Answer<unknown>, 'memory'>[]
  /** The truths, by case, of cases that were answered in one epoch. */
  readonly learn: (truths: readonly { readonly at: number; readonly truth: number }[]) => void
}

/** A fresh collective of that name. `isOpen` says of a case whether its truth will ever come. */
export function createPlayer(name: Synthesis, context: CollectiveContext, isOpen: (at: number) => boolean): Player {
  switch (name) {
    case 'mean':
      return play(createMean(), isOpen)
    case 'median':
      return play(createMedian(context), isOpen)
    case 'regret':
      return play(createRegret(context), isOpen)
    case 'tower':
      return play(createTower(context), isOpen)
  }
}

function play<M>(collective: Collective<M>, isOpen: (at: number) => boolean): Player {
  const open = new Map<number, { readonly question: Question; readonly answer: Answer<M> }>()
  let nonce = 0
  return {
    answer: (questions) => {
      const answers = collective.answer(questions)
      for (const [i, question] of questions.entries()) {
        const answer = answers[i]
        if (answer !== undefined && isOpen(question.at)) open.set(question.at, { question, answer })
      }
      return answers
    },
    learn: (truths) => {
      const lessons = truths.flatMap(({ at, truth }) => {
        const answered = open.get(at)
        open.delete(at)
        return answered === undefined ? [] : [{ ...answered, truth }]
      })
      if (lessons.length === 0) return
      nonce += 1
      collective.learn(lessons, nonce)
    },
  }
}
