import { sum } from '../../../num/sum.ts'
import { mostSkilled } from '../../../scoring/contribution/mostSkilled.ts'
import { residualMoments } from '../../../scoring/contribution/residualMoments.ts'
import { FEWEST_DIFFERENCES } from '../../../scoring/contribution/skillOf.ts'
import { entryOf } from '../../../scoring/entryOf.ts'
import type { Explained, Line } from '../types.ts'
import type { Member } from './memberOf.ts'

type Class = 'inferers' | 'forecasters'

/** From this epoch's difference over the skill to the weight in the least-variance combination. SPEC VT-6 */
export function skillLines(explained: Explained, member: Member, many: Class): Line[] {
  return [...differenceLines(explained, member, many), skillLine(member), ...weightLines(explained, member, many)]
}

function differenceLines({ parts, address }: Explained, member: Member, many: Class): Line[] {
  const { baseline, differences } = member
  const value = differences.at(-1)
  if (baseline === null || value === undefined) return []
  const { bound } = baseline
  const clipped = 'at most the bound to both sides, / bound'
  if (many === 'inferers') {
    const loss = parts.losses.raw.inferers.find(({ worker }) => worker === address)?.loss ?? 0
    const inputs = { baseline: baseline.losses.at(-1) ?? 0, loss, bound }
    return [{ label: 'difference', formula: `loss of the baseline - loss, ${clipped}`, inputs, value }]
  }
  const { raw } = parts.losses
  const without = raw.oneOutForecasters.find(({ worker }) => worker === address)?.loss ?? raw.naive
  return [
    {
      label: 'gain',
      formula: 'loss of the network without it - loss of the network',
      inputs: { without, network: raw.combined },
      value: without - raw.combined,
    },
    { label: 'difference', formula: `gain, ${clipped}`, inputs: { gain: without - raw.combined, bound }, value },
  ]
}

function skillLine({ baseline, differences, attendance, mean, standardError, share }: Member): Line {
  const value = share.skill
  if (baseline === null) return { label: 'skill', formula: '0 before the first truth', inputs: {}, value }
  if (baseline.bound === 0)
    return { label: 'skill', formula: '0, as the baseline made no errors', inputs: { bound: 0 }, value }
  const missing = FEWEST_DIFFERENCES - attendance.present
  if (missing > 0) {
    const inputs = { 'took part': attendance.present, missing }
    return { label: 'skill', formula: `0 before ${FEWEST_DIFFERENCES} epochs in which it took part`, inputs, value }
  }
  return {
    label: 'skill',
    formula: 'max(0, mean of the differences - standard error) * bound',
    inputs: {
      mean,
      'standard error': standardError,
      bound: baseline.bound,
      differences: differences.length,
      'took part': attendance.present,
    },
    value,
  }
}

/** None without skill. */
function weightLines({ parts, address }: Explained, { share }: Member, many: Class): Line[] {
  if (parts.contribution === null || !(share.skill > 0)) return []
  const { state, findings } = parts.contribution
  const members = mostSkilled(findings[many])
  const place = members.findIndex(({ worker }) => worker === address)
  const skilled = findings[many].filter(({ skill }) => skill > 0).length
  if (place < 0) {
    const formula = `0, as ${members.length} others are more skilled`
    return [{ label: 'weight', formula, inputs: { 'with skill': skilled }, value: share.weight }]
  }
  const contributors = many === 'inferers' ? state.workers : state.forecasters
  const moments = residualMoments(members.map(({ worker }) => entryOf(contributors, worker)?.residuals ?? []))
  const weights = members.map(({ worker }) => findings[many].find((one) => one.worker === worker)?.weight ?? 0)
  const together = sum(moments.map((row, i) => (weights[i] ?? 0) * sum(row.map((c, j) => c * (weights[j] ?? 0)))))
  return [
    {
      label: 'weight',
      formula: 'in the combination of those with skill whose errors have the least mean square',
      inputs: {
        'with skill': skilled,
        'mean square of its errors': moments[place]?.[place] ?? 0,
        'of the combination': together,
      },
      value: share.weight,
    },
  ]
}
