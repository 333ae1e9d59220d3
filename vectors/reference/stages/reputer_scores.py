"""SPEC math 9.3: scores of reputers for given listening coefficients."""
from .numbers import exact
from .reputers import DEFAULTS, matrix, reports, scores

STAGE, SOURCE = 'reputerScores', 'SPEC math 9.3'


def cases(rng):
    for index in range(60):
        i = {'reports': reports(rng, index)}
        i['coefficients'] = [rng.choice([1, 1, 0.5, 0.03, round(rng.random(), 4) or 1]) for _ in i['reports']]
        if index % 12 == 11:
            for r in i['reports']:
                r['losses'] = {k: [] if isinstance(v, list) else 0 for k, v in r['losses'].items()}
        yield i, scores(matrix(i['reports']), exact(r['stake'] for r in i['reports']), exact(i['coefficients']), DEFAULTS)
