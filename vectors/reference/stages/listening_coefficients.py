"""SPEC math 9.4: listening coefficients by gradient ascent, and the scores that go with them."""
from .numbers import exact
from .reputers import DEFAULTS, listen, matrix, reports

STAGE, SOURCE = 'listeningCoefficients', 'SPEC math 9.4'


def solve(i):
    stakes, start = exact(r['stake'] for r in i['reports']), exact(i['coefficients'])
    result, a = listen(matrix(i['reports']), stakes, start, DEFAULTS)
    return {'scores': result, 'coefficients': a}


def cases(rng):
    for index in range(60):
        i = {'reports': reports(rng, index)}
        i['coefficients'] = [1 if index % 2 == 0 else round(rng.uniform(0.5, 1), 4) for _ in i['reports']]
        yield i, solve(i)
    # Stake has moved since the coefficients were stored: less than half is listened to at the start, and the step toward
    # half of it goes beyond. Without gaps, because a stand-in for a missing loss may then not exist, and without reputers
    # that all report the same, because the step then divides nothing by nothing.
    for index in range(20):
        i = {'reports': reports(rng, 12 * (index % 5) + [3, 1][index % 2])}
        for n, r in enumerate(i['reports']):
            r['stake'] = 10000 if n == 0 else rng.choice([10, 100, 1000])
        i['coefficients'] = [round(rng.uniform(0.1, 0.45), 4) if n == 0 else round(rng.uniform([0.5, 0.95][index % 2], 1), 4)
                             for n in range(len(i['reports']))]
        yield i, solve(i)
