"""SPEC math 11.3: smoothed fractions, and how many actors they amount to."""
from .numbers import ema, exact, mpf

STAGE, SOURCE = 'smoothing', 'SPEC math 11.3'


def smooth(fractions, previous, alpha):
    return [ema(alpha, u, p) for u, p in zip(fractions, previous)]


def cases(rng):
    for index in range(60):
        n = [1, 2, 3, 5, 8, 32][index % 6]
        raw = [1 if index % 7 == 3 else rng.uniform(0.001, 1) for _ in range(n)]
        u = [r / sum(raw) for r in raw]
        previous = [None if index % 5 == 0 or rng.random() < 0.3 else v if index % 8 == 6 else round(rng.uniform(0, 1), 6)
                    for v in u]
        i = {'fractions': u, 'previous': previous, 'alpha': rng.choice([0.1, 0.1, 0.5, 1])}
        smoothed = smooth(exact(u), previous, mpf(i['alpha']))
        f = [v / sum(smoothed) for v in smoothed]
        yield i, {'smoothed': smoothed, 'effective': 1 / sum(v * v for v in f)}
