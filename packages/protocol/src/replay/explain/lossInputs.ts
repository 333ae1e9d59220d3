import type { TopicPolicy, Values } from '../../scoring/types.ts'
import type { Inputs } from './types.ts'
import { truthText, valueInputs } from './valueInputs.ts'

/** What a loss takes, by the names of `lossFormula`. */
export function lossInputs(policy: TopicPolicy, values: Values, truth: number): Inputs {
  const { loss, lossParameter } = policy
  return {
    ...valueInputs(policy, values),
    truth: truthText(policy, truth),
    ...(lossParameter === undefined ? {} : { [loss === 'huber' ? 'delta' : 'tau']: lossParameter }),
  }
}
