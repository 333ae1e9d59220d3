/** A label with the probability of it and all more probable ones. */
export type LabelMass = { readonly label: number; readonly mass: number }

/** Labels by falling probability (equal ones by index), each with the sum of probabilities down to it. SPEC VT-7 */
export function massesOf(probabilities: readonly number[]): readonly LabelMass[] {
  const order = probabilities.map((probability, label) => ({ label, probability }))
  order.sort((a, b) => b.probability - a.probability || a.label - b.label)
  let mass = 0
  return order.map(({ label, probability }) => {
    mass += probability
    return { label, mass }
  })
}
