import { exp, log1p } from '../../num/exp.ts'
import { sampleStandardDeviation } from '../../num/sampleStandardDeviation.ts'
import { computeEntropy } from '../../scoring/rewards/computeEntropy.ts'
import type { Reward } from '../../scoring/settle/settleTypes.ts'
import { feeLines, rewardLines } from './moneyLines.ts'
import type { Explained, Inputs, Line } from './types.ts'

/** One of the three classes, in the singular and in the plural. */
type Class = { readonly role: Reward['role']; readonly many: 'inferers' | 'forecasters' | 'reputers' }

/** From the scores of a class to the coins of one of its members. SPEC math 11, VT-6 */
export function payLines(explained: Explained, { role, many }: Class): Line[] {
  const { parts, address } = explained
  const { input, rewarded } = parts
  const fraction = rewarded.fractions[many].find(({ worker }) => worker === address)?.value ?? 0
  const share = rewarded.split[many]
  return [
    { label: 'fraction of its class', ...fractionOf(explained, many), value: fraction },
    { label: 'share of its class', ...shareOf(explained, many), value: share },
    ...rewardLines(explained),
    {
      label: `coins as ${role}`,
      formula: 'pot * fraction * share, whole uallo, rounded down',
      inputs: { pot: input.reward.toString(), fraction, share },
      value: coinsOf(explained, role).toString(),
    },
    ...feeLines(explained, role, { fraction, share }),
  ]
}

/** What an address got as one of its roles, in uallo. */
export function coinsOf({ parts, address }: Explained, role: Reward['role']): bigint {
  return parts.rewarded.rewards.find((reward) => reward.role === role && reward.address === address)?.amount ?? 0n
}

type Computed = { readonly formula: string; readonly inputs: Inputs }

function fractionOf({ parts, address }: Explained, many: Class['many']): Computed {
  const { input, scored, reports } = parts
  const scores = scored.scores[many]
  const score = scores.find(({ worker }) => worker === address)?.value ?? 0
  if (many === 'reputers') {
    const products = scores.map(({ value }, i) => Number(reports[i]?.stake ?? 0n) * value)
    const stake = reports.find(({ reputer }) => reputer === address)?.stake ?? 0n
    return {
      formula: 'stake * closeness / sum of the same over the reputers',
      inputs: { stake: stake.toString(), closeness: score, sum: products.reduce((a, b) => a + b, 0) },
    }
  }
  if (parts.contribution !== null) {
    const found = parts.contribution.findings[many]
    const { skill = 0, weight = 0 } = found.find(({ worker }) => worker === address) ?? {}
    const products = found.map((one) => one.skill * one.weight)
    return {
      formula: 'skill * weight / sum of the same over the class',
      inputs: { skill, weight, sum: products.reduce((a, b) => a + b, 0) },
    }
  }
  const { params } = input.topic
  const [history, p, c] =
    many === 'inferers'
      ? [scored.infererScores, params.pRewardInference, params.cRewardInference]
      : [scored.forecasterScores, params.pRewardForecast, params.cRewardForecast]
  const sigma = sampleStandardDeviation(history)
  if (sigma < params.epsilon) {
    return { formula: '1 / members, as their scores hardly differ', inputs: { members: scores.length, sigma } }
  }
  const massOf = (value: number): number => log1pExp(p * (value / (sigma + params.epsilon) - c))
  const sum = scores.reduce((total, { value }) => total + massOf(value), 0)
  return {
    formula: 'g(x) / sum of g over the class, g(x) = ln(1 + e^(p * (x - c))), x = score / (sigma + epsilon)',
    inputs: { score, sigma, epsilon: params.epsilon, p, c, sum },
  }
}

/** ln(1 + e^z), safe for large arguments. SPEC math 11.1 */
function log1pExp(z: number): number {
  return z > 0 ? z + log1p(exp(-z)) : log1p(exp(z))
}

function shareOf({ parts }: Explained, many: Class['many']): Computed {
  const { input, losses, rewarded } = parts
  if (parts.contribution !== null) return { formula: `the part of the ${many} in every pot`, inputs: {} }
  const { betaEntropy } = input.topic.params
  const entropyOf = (name: Class['many']): number =>
    computeEntropy(
      rewarded.smoothed[name].map(({ value }) => value),
      betaEntropy,
    )
  const entropies = { F: entropyOf('inferers'), G: entropyOf('forecasters'), H: entropyOf('reputers') }
  if (many === 'reputers') return { formula: 'H / (F + G + H)', inputs: entropies }
  const ratio = rewarded.split.ratio
  const chi = chiOf(parts, ratio)
  const task = losses.log.naive - losses.log.combined
  return {
    formula:
      many === 'inferers'
        ? '(1 - chi) * F * (F + G) / ((1 - chi) * F + chi * G) / (F + G + H)'
        : 'chi * G * (F + G) / ((1 - chi) * F + chi * G) / (F + G + H)',
    inputs: { ...entropies, chi, 'naive - network': task },
  }
}

/** SPEC math 11.5 */
function chiOf({ losses, scored }: Explained['parts'], ratio: number): number {
  const best = scored.scores.inferers.reduce((most, { value }) => Math.max(most, value), 0)
  if (best === 0 && losses.log.naive - losses.log.combined === 0) return 0.5
  if (ratio < 0) return 0.1
  return ratio >= 1 ? 0.5 : 0.4 * ratio + 0.1
}
