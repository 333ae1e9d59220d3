/** Spearman's rank correlation of two lists of the same length, equal values sharing their mean rank; NaN where one is constant. */
export function rankCorrelation(a, b) {
  const [x, y] = [ranksOf(a), ranksOf(b)]
  const middle = (a.length - 1) / 2
  const product = (u, v) => u.reduce((sum, one, i) => sum + (one - middle) * (v[i] - middle), 0)
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y))
}

function ranksOf(values) {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length
    const equal = values.filter((other) => other === value).length
    return below + (equal - 1) / 2
  })
}
