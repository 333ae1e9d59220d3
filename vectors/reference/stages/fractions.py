"""SPEC math 11.1"""
from mpmath import exp, log
from .numbers import exact, sample_sd, mpf
from .samples import lists
STAGE, SOURCE = 'fractions', 'SPEC math 11.1'

def cases(rng):
    for s in lists(rng, 60):
        h = s + [round(rng.gauss(0, 1), 6) for _ in range(rng.choice([0, 0, 10]))]
        sd, e = sample_sd(exact(h)), mpf(0.01)
        m = [mpf(1) if sd < e else log(1 + exp(3 * (v / (sd + e) - mpf('0.75')))) for v in exact(s)]
        yield {'scores': s, 'history': h, 'p': 3, 'c': 0.75, 'epsilon': 0.01}, [v / sum(m) for v in m]
