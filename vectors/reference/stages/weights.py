"""SPEC math 1.3"""
from mpmath import exp
from .numbers import exact, scale, mpf
from .samples import lists
STAGE, SOURCE = 'weights', 'SPEC math 1.3'

def cases(rng):
    for r in lists(rng, 60, 0.3):
        p, c, e = rng.choice([1, 3, 10]), rng.choice([0.75, -1, 2]), 0.01
        stored = rng.choice([0, 0.25, 1.5])
        x = exact(r)
        s = mpf(stored) if stored > 0 else scale(x, mpf(e))
        x = [v / s for v in x]
        a = 1 + exp(-p * (max(x) - mpf(c)))
        inp = {'regrets': r, 'storedScale': stored, 'pNorm': p, 'cNorm': c, 'epsilon': e}
        yield inp, [a / (1 + exp(-p * (v - mpf(c)))) for v in x]
