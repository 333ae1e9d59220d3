"""SPEC math 11.3 and 11.4"""
from mpmath import log
from .numbers import exact, mpf
STAGE, SOURCE = 'entropy', 'SPEC math 11.3, 11.4'

def cases(rng):
    for i in range(60):
        u = [round(rng.uniform(0.01, 1), 6) for _ in range([1, 2, 3, 8, 32][i % 5])]
        if i % 7 == 0: u = [0.25] * len(u)
        f = [v / sum(exact(u)) for v in exact(u)]
        n = len(f)
        want = mpf('0.173286795139986') if n == 1 else -sum(v * log(v) for v in f) * (1 / sum(v * v for v in f) / n) ** mpf('0.25')
        yield {'smoothed': u, 'beta': 0.25}, want
