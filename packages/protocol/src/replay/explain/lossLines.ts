import { entryOf } from '../../scoring/entryOf.ts'
import { computeLoss } from '../../scoring/losses/computeLoss.ts'
import { floorOf, toRegretScale } from '../../scoring/losses/toRegretScale.ts'
import type { Values } from '../../scoring/types.ts'
import { lossFormula } from './lossFormula.ts'
import { lossInputs } from './lossInputs.ts'
import type { Explained, Line } from './types.ts'

type State = { readonly regret: number | null; readonly weight: number }

/**
 * From a worker's values over their loss to its regret and weight; no regret where neither pay nor synthesis uses one.
 * SPEC VT-4, math 8.1, 1.5
 */
export function lossLines({ parts, address }: Explained, values: Values, role: 'inferers' | 'forecasters'): Line[] {
  const { input, outcome, losses, truth } = parts
  const { policy, params } = input.topic
  const raw = Math.min(computeLoss(policy, values, truth), Number.MAX_VALUE)
  const log = toRegretScale(raw, policy.loss)
  const before = entryOf<State>(input.priorUpdate[role], address)
  const after = entryOf<State>(outcome.state[role], address)
  const previous = before?.regret ?? input.priorUpdate.initialRegret
  const loss: Line = {
    label: 'loss',
    formula: lossFormula(policy.loss),
    inputs: lossInputs(policy, values, truth),
    value: raw,
  }
  const inAnswer: Line = {
    label: 'weight in the answer',
    formula: 'share by the tower, from its errors so far',
    inputs: {},
    value: after?.weight ?? 0,
  }
  if (parts.contribution !== null && policy.synthesis === 'tower') return [loss, inAnswer]
  return [
    loss,
    {
      label: 'log loss',
      formula: 'log10(loss + floor)',
      inputs: { loss: raw, floor: floorOf(policy.loss) },
      value: log,
    },
    {
      label: 'log loss of the network',
      formula: 'log10(loss of the combined value + floor)',
      inputs: { loss: losses.raw.combined, floor: floorOf(policy.loss) },
      value: losses.log.combined,
    },
    {
      label: 'regret',
      formula: 'alpha * (network - own) + (1 - alpha) * before',
      inputs: { alpha: params.alphaRegret, network: losses.log.combined, own: log, before: previous },
      value: after?.regret ?? 0,
    },
    policy.synthesis === 'tower'
      ? inAnswer
      : {
          label: 'weight from now on',
          formula: 'w(regret / scale) / sum of w over the workers present',
          inputs: { regret: after?.regret ?? 0, scale: outcome.state.regretScale },
          value: after?.weight ?? 0,
        },
  ]
}
