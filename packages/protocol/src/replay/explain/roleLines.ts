import { outputKindOf } from '../../scoring/losses/outputKindOf.ts'
import { baselineLines } from './contribution/baselineLines.ts'
import { memberOf } from './contribution/memberOf.ts'
import { skillLines } from './contribution/skillLines.ts'
import { lossLines } from './lossLines.ts'
import { payLines } from './payLines.ts'
import { forecasterScoreLines, infererScoreLines } from './scoreLines.ts'
import type { Explained, Line } from './types.ts'
import { headValue, truthText, valueInputs } from './valueInputs.ts'

/** The arithmetic of an inferer; none where it is not among those that count. */
export function infererLines(explained: Explained): Line[] {
  const { parts, address } = explained
  const { policy } = parts.input.topic
  const values = parts.network.inferers.find(({ worker }) => worker === address)?.values
  if (values === undefined) return []
  return [
    {
      label: 'inference',
      formula: 'as submitted',
      inputs: valueInputs(policy, values),
      value: headValue(policy, values, parts.truth),
    },
    truthLine(explained),
    ...lossLines(explained, values, 'inferers'),
    ...(memberLines(explained, 'inferers') ?? infererScoreLines(explained)),
    ...payLines(explained, { role: 'inferer', many: 'inferers' }),
  ]
}

/** The arithmetic of a forecaster; none where its forecast implies nothing. */
export function forecasterLines(explained: Explained): Line[] {
  const { parts, record, address } = explained
  const { policy } = parts.input.topic
  const values = parts.network.forecasters.find(({ worker }) => worker === address)?.values
  if (values === undefined) return []
  const elements = record.forecasts.find(({ forecaster }) => forecaster === address)?.elements ?? []
  const previous = parts.input.prior.combinedLoss ?? 0
  return [
    {
      label: 'implied inference',
      formula: 'mean of the inferences, by weights of network before - forecast log loss',
      inputs: {
        'network before': previous,
        ...Object.fromEntries(elements.map(({ inferer, value }) => [inferer, value])),
      },
      value: headValue(policy, values, parts.truth),
    },
    truthLine(explained),
    ...lossLines(explained, values, 'forecasters'),
    ...(memberLines(explained, 'forecasters') ?? forecasterScoreLines(explained)),
    ...payLines(explained, { role: 'forecaster', many: 'forecasters' }),
  ]
}

/** The arithmetic of a reputer; none where its report does not count. */
export function reputerLines(explained: Explained): Line[] {
  const { parts, address } = explained
  const { policy } = parts.input.topic
  const report = parts.reports.find(({ reputer }) => reputer === address)
  if (report === undefined) return []
  const kind = outputKindOf(policy)
  const discrete = kind === 'labels' || kind === 'probability'
  const reported = truthText(policy, report.value)
  return [
    { label: 'report', formula: 'as submitted', inputs: { stake: report.stake.toString() }, value: reported },
    truthLine(explained),
    {
      label: 'closeness',
      formula: discrete ? '1 for the agreed truth, else 0' : 'max(0, 1 - |report - truth| / tolerance)',
      inputs: {
        report: reported,
        truth: truthText(policy, parts.truth),
        ...(discrete ? {} : { tolerance: policy.tolerance }),
      },
      value: parts.scored.scores.reputers.find(({ worker }) => worker === address)?.value ?? 0,
    },
    ...payLines(explained, { role: 'reputer', many: 'reputers' }),
  ]
}

/** Baseline and skill, which stand in the place of a score where contribution is paid. SPEC VT-6 */
function memberLines(explained: Explained, many: 'inferers' | 'forecasters'): Line[] | undefined {
  const member = memberOf(explained, many)
  if (member === undefined) return undefined
  return [...baselineLines(explained, member), ...skillLines(explained, member, many)]
}

function truthLine({ parts }: Explained): Line {
  const { policy } = parts.input.topic
  const kind = outputKindOf(policy)
  const discrete = kind === 'labels' || kind === 'probability'
  return {
    label: 'agreed truth',
    formula: discrete
      ? 'what more than half of the stake reports'
      : 'lower median of the reports by stake, each at most a third',
    inputs: Object.fromEntries(parts.reports.map(({ reputer, value }) => [reputer, truthText(policy, value)])),
    value: truthText(policy, parts.truth),
  }
}
