"""SPEC math 11.2, VT-3: fractions of reputers, by stake and score or by stake and closeness."""
from .numbers import exact, mpf

STAGE, SOURCE = 'reputerFractions', 'SPEC math 11.2, VT-3'


def shares(stakes, worth, p):
    raw = [(s * w) ** p if s * w > 0 else mpf(0) for s, w in zip(stakes, worth)]
    total = sum(raw)
    return [r / total if total > 0 else mpf(0) for r in raw]


def cases(rng):
    for index in range(60):
        n = [1, 2, 3, 6][index % 4]
        attested = index % 2 == 0
        i = {'stakes': [rng.choice([0, 1, 10 ** 6, 10 ** 12, 12345678901]) if index % 5 else 500 for _ in range(n)],
             'worth': [rng.choice([0, 1, round(rng.random(), 6)]) if attested else round(rng.uniform(0.1, 100), 5)
                       for _ in range(n)], 'p': 1 if attested else rng.choice([1, 1, 3]),
             'attested': attested}
        yield i, shares(exact(i['stakes']), exact(i['worth']), i['p'])
