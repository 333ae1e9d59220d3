"""interfaces, ask: weighted median absolute deviation of the contributors, the mean over the outputs."""
from .numbers import exact, mpf

STAGE, SOURCE = 'spread', 'interfaces ask: spread'


def lower_median(pairs):
    """Smallest value at which the cumulative weight reaches half, as in VT-3."""
    half, reached = sum(w for _, w in pairs) / 2, mpf(0)
    for v, w in sorted(pairs):
        reached += w
        if reached >= half:
            return v
    return mpf(0)


def deviation(values, weights):
    middle = lower_median(list(zip(values, weights)))
    return lower_median([(abs(v - middle), w) for v, w in zip(values, weights)])


def solve(i):
    weights, vectors = exact(m['weight'] for m in i['members']), [exact(m['values']) for m in i['members']]
    outputs = [deviation(list(column), weights) for column in zip(*vectors)]
    return sum(outputs) / len(outputs) if outputs else mpf(0)


def cases(rng):
    for index in range(60):
        n, labels = [1, 2, 3, 4, 8, 38][index % 6], [1, 1, 3][index % 3]
        # Weights are multiples of 1/256, so that a half is reached exactly or not at all in doubles too.
        weights = [1 if index % 4 == 1 else rng.randrange(1, 257) / 256 for _ in range(n)]
        i = {'members': [{'weight': w, 'values': [2.5 if index % 7 == 4 else round(rng.gauss(0, 2), 5) for _ in range(labels)]}
                         for w in weights]}
        yield i, solve(i)
