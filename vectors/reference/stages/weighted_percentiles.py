"""SPEC math 6: percentiles of weighted values."""
from .numbers import exact, mpf

STAGE, SOURCE = 'weightedPercentiles', 'SPEC math 6'
USUAL = [2.28, 15.87, 50, 84.13, 97.72]


def solve(i):
    pairs = sorted(zip(exact(i['values']), exact(i['weights'])), key=lambda pair: pair[0])
    total, running, places = sum(w for _, w in pairs), mpf(0), []
    for _, w in pairs:
        running += w
        places.append((running - w / 2) / total)

    def at(q):
        if q <= places[0]:
            return pairs[0][0]
        if q >= places[-1]:
            return pairs[-1][0]
        n = max(n for n, u in enumerate(places) if u <= q)
        t = (q - places[n]) / (places[n + 1] - places[n])
        return pairs[n][0] * (1 - t) + pairs[n + 1][0] * t
    return [at(mpf(p) / 100) for p in i['percentiles']]


def cases(rng):
    i = {'values': [50, 20, 10, 40, 30], 'weights': [0.5, 0.2, 0.1, 0.4, 0.3], 'percentiles': [10, 25, 50, 75, 90, 0, 100]}
    yield i, solve(i)
    for index in range(59):
        n = [1, 2, 3, 5, 8, 38][index % 6]
        i = {'values': [7.5 if index % 7 == 4 else round(rng.gauss(0, 3), 5) for _ in range(n)],
             'weights': [1 if index % 5 == 3 else round(rng.uniform(1e-6, 1), 6) for _ in range(n)],
             'percentiles': USUAL if index % 2 else [0, rng.randrange(1, 100), 50, 100]}
        yield i, solve(i)
