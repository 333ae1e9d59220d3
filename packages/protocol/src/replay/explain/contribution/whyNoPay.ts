import { formatDecimal } from '../../../num/formatDecimal.ts'
import { mostSkilled } from '../../../scoring/contribution/mostSkilled.ts'
import { FEWEST_DIFFERENCES } from '../../../scoring/contribution/skillOf.ts'
import type { Explained } from '../types.ts'
import { type Member, memberOf } from './memberOf.ts'

/**
 * Why a worker or forecaster who took part earned nothing by contribution; undefined where it has a share, or the topic
 * pays by the reference's rules. SPEC VT-6
 */
export function whyNoPay(explained: Explained, many: 'inferers' | 'forecasters'): string | undefined {
  const member = memberOf(explained, many)
  if (member === undefined || member.share.share > 0) return undefined
  if (!(member.share.skill > 0)) return whyNoSkill(member)
  const members = mostSkilled(explained.parts.contribution?.findings[many] ?? [])
  if (members.every(({ worker }) => worker !== explained.address)) {
    return `Its skill is not among the ${members.length} highest: only those are combined.`
  }
  return 'Its weight is 0: what it says, the others with skill say together, with smaller errors.'
}

function whyNoSkill({ baseline, differences, attendance, mean, standardError }: Member): string {
  if (baseline === null) return 'Nobody has skill yet: there was no truth before this epoch that a guess could repeat.'
  if (baseline.bound === 0)
    return `Nobody has skill: over the last ${baseline.losses.length} epochs the baseline made no errors.`
  const { present, absent, missed } = attendance
  const missing = FEWEST_DIFFERENCES - present
  if (missing > 0) {
    return `It has no skill yet: it took part in ${present} of the ${FEWEST_DIFFERENCES} epochs that show one: ${missing} to go.`
  }
  const [middle, error] = [mean, standardError].map(shorten)
  const marks = absent + missed === 0 ? '' : ` ${absent} absences and ${missed} missed reveals count among them.`
  return `Its skill is 0: the mean of its ${differences.length} differences is ${middle} of the bound, which is not above their standard error, ${error}.${marks}`
}

/** Four decimals are enough for a sentence. */
function shorten(value: number): string {
  return formatDecimal(Math.round(value * 10_000) / 10_000)
}
