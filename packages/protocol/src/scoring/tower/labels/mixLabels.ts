import { normalized } from './labelCell.ts'

/** Σ weight·p over the layers (weights sum to 1), for each label. */
export function mixLabels(weights: readonly number[], layers: readonly (readonly number[])[]): readonly number[] {
  const labels = layers[0] ?? []
  return normalized(
    labels.map((_, label) => layers.reduce((sum, p, k) => sum + (weights[k] ?? 0) * (p[label] ?? 0), 0)),
  )
}
