"""SPEC math 9.4: listening coefficients by gradient ascent, and the scores that go with them."""
from .numbers import exact
from .reputers import DEFAULTS, listen, matrix, reports

STAGE, SOURCE = 'listeningCoefficients', 'SPEC math 9.4'


def cases(rng):
    for index in range(60):
        i = {'reports': reports(rng, index)}
        # Below half of the stake the rule extrapolates; then a stand-in for a missing loss may not exist.
        low = index % 5 == 4 and index % 3 != 2
        i['coefficients'] = [1 if index % 2 == 0 else round(rng.uniform(0.05, 0.5) if low else rng.uniform(0.5, 1), 4)
                             for _ in i['reports']]
        result, a = listen(matrix(i['reports']), exact(r['stake'] for r in i['reports']), exact(i['coefficients']), DEFAULTS)
        yield i, {'scores': result, 'coefficients': a}
