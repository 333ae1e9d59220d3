import type { ModelInput, ModelOutput } from '@starling/services/models/types'
import { drawUnit } from './drawUnit.ts'

/** A prediction that knows nothing of the epoch: an outcome of the past, a probability, or probabilities, drawn by lot. */
export function junkValue({ topic, nonce, truths }: ModelInput, name: string): ModelOutput {
  if (topic.labels.length > 0) {
    // The gaps between sorted draws are spread evenly over all probabilities.
    const cuts = topic.labels.slice(1).map((label) => drawUnit(name, nonce, label))
    const marks = [0, ...cuts.toSorted((a, b) => a - b), 1]
    return labelled(topic.labels, (i) => (marks[i + 1] ?? 1) - (marks[i] ?? 0))
  }
  const draw = drawUnit(name, nonce)
  const [lowest, highest] = topic.domain
  if (topic.unit === 'probability') return lowest + draw * (highest - lowest)
  const past = truths[Math.floor(draw * truths.length)]?.value
  return typeof past === 'number' ? past : lowest + draw * (highest - lowest)
}

/** A prediction that is as wrong as the domain allows: one of its ends, or all on one label. */
export function absurdValue({ topic, nonce }: ModelInput, name: string): ModelOutput {
  const draw = drawUnit(name, nonce)
  if (topic.labels.length > 0) {
    const chosen = Math.floor(draw * topic.labels.length)
    return labelled(topic.labels, (i) => (i === chosen ? 1 : 0))
  }
  return topic.domain[draw < 0.5 ? 0 : 1]
}

/** The same prediction, a little to the side: a thousandth, by lot. */
export function jittered(output: unknown, { topic, nonce }: ModelInput, name: string): unknown {
  const aside = (label: string): number => 1 + 0.001 * (2 * drawUnit(name, nonce, label) - 1)
  const [lowest, highest] = topic.domain
  if (typeof output === 'number') return Math.min(highest, Math.max(lowest, output * aside('')))
  if (typeof output !== 'object' || output === null || !('values' in output)) return output
  const values = Object.entries(output.values as Readonly<Record<string, number>>)
  const moved = values.map(([label, value]) => [label, value * aside(label)] as const)
  const sum = moved.reduce((total, [, value]) => total + value, 0)
  return { values: Object.fromEntries(moved.map(([label, value]) => [label, value / sum])) }
}

/** What the chain has of an inference as a model gives it. */
export function toOutput({ labels }: ModelInput['topic'], values: readonly number[]): ModelOutput {
  if (labels.length > 0) return labelled(labels, (i) => values[i] ?? 0)
  return values[0] ?? null
}

function labelled(labels: readonly string[], probabilityOf: (index: number) => number): ModelOutput {
  return { values: Object.fromEntries(labels.map((label, i) => [label, probabilityOf(i)])) }
}
