"""SPEC math 1.1"""
from .numbers import exact, scale, mpf
from .samples import lists
STAGE, SOURCE = 'regretScale', 'SPEC math 1.1'

def cases(rng):
    for r in lists(rng, 60):
        e = rng.choice([0.01, 0.0001, 0.1])
        yield {'regrets': r, 'epsilon': e}, scale(exact(r), mpf(e))
